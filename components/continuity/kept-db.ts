import { type DBSchema, type IDBPDatabase, openDB } from "idb";

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

interface KeptSchema extends DBSchema {
  /** Not extractable: a copy of the profile's files alone does not open what lies beside it in the clear by its bytes. */
  keys: { key: string; value: { id: "board"; key: CryptoKey } };
  boards: { key: string; value: KeptRow };
}
export type KeptDb = IDBPDatabase<KeptSchema>;

/** Opens what this console keeps. @param name - another one in tests */
export const openKeptDb = (name = "runboard-console"): Promise<KeptDb> =>
  openDB<KeptSchema>(name, 1, {
    upgrade(db) {
      db.createObjectStore("keys", { keyPath: "id" });
      db.createObjectStore("boards", { keyPath: "id" });
    },
  });
