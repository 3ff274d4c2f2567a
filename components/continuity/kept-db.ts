import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { CrewStatus } from "@/server/domain/trips/vocabulary";

/** A copy of the board under a key that never leaves this browser. */
export type KeptRow = {
  id: "board";
  userId: string;
  agencyId: string;
  /** When the server last answered, ISO. */
  storedAt: string;
  nonce: Uint8Array<ArrayBuffer>;
  sealed: ArrayBuffer;
};

/** What was done while the server was away, to be entered with its true time. Holds nothing of the rider. */
export type Noted = {
  /** Unique for ever: the server takes it once, however often it is sent. */
  clientEventId: string;
  userId: string;
  tripId: string;
  number: string;
  status: CrewStatus;
  /** When it was noted, ISO. */
  at: string;
  /** Why the server refused it; it stays until it is dismissed. */
  refused: string | null;
};

interface KeptSchema extends DBSchema {
  /** Not extractable: a copy of the profile's files alone does not open what lies beside it in the clear by its bytes. */
  keys: { key: string; value: { id: "board"; key: CryptoKey } };
  boards: { key: string; value: KeptRow };
  noted: { key: string; value: Noted };
}
export type KeptDb = IDBPDatabase<KeptSchema>;

/** Opens what this console keeps. @param name - another one in tests */
export const openKeptDb = (name = "runboard-console"): Promise<KeptDb> =>
  openDB<KeptSchema>(name, 1, {
    upgrade(db) {
      db.createObjectStore("keys", { keyPath: "id" });
      db.createObjectStore("boards", { keyPath: "id" });
      db.createObjectStore("noted", { keyPath: "clientEventId" });
    },
  });
