import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { CrewStatus } from "@/server/domain/trips/vocabulary";

/** What a crew can say of a trip: its next status, or that the rider did not come. */
export type PressStatus = CrewStatus | "no_show";
/** What goes with a no-show: how often the rider was called, and what else was done, in words of ours. */
export type NoShowProof = { callAttempts: number; reason?: string };

/** A press of a button, kept until the server has it or refuses it. */
export type Press = {
  /** Unique for ever: the server takes a press once, however often it is sent. */
  clientEventId: string;
  /** Whose press it is: another person who signs in on this phone does not send it. */
  userId: string;
  tripId: string;
  tripNumber: string;
  status: PressStatus;
  /** Of a no-show only. */
  proof?: NoShowProof;
  /** When it was pressed, by this phone, ISO. */
  at: string;
  /** Order of pressing on this phone. */
  order: number;
  /** Why the server refused it; a refused press stays until it is dismissed. */
  refused: string | null;
};

/** A fix as the ingest takes it. */
export type QueuedFix = {
  id?: number;
  userId: string;
  takenAt: string;
  lat: number;
  lon: number;
  accuracyM: number | null;
  speedMps: number | null;
  headingDeg: number | null;
  altitudeM: number | null;
};

interface DriveSchema extends DBSchema {
  presses: { key: string; value: Press; indexes: { order: number } };
  fixes: { key: number; value: QueuedFix; indexes: { user: string } };
  /** The device token of this phone, per person. */
  tokens: { key: string; value: { userId: string; deviceId: string; token: string } };
  /** The last manifest, to show while offline. */
  manifests: { key: string; value: { userId: string; storedAt: string; manifest: unknown } };
}
export type DriveDb = IDBPDatabase<DriveSchema>;

/** Opens what this phone keeps. @param name - another one in tests */
export const openDriveDb = (name = "runboard-drive"): Promise<DriveDb> =>
  openDB<DriveSchema>(name, 1, {
    upgrade(db) {
      db.createObjectStore("presses", { keyPath: "clientEventId" }).createIndex("order", "order");
      db.createObjectStore("fixes", { keyPath: "id", autoIncrement: true }).createIndex("user", "userId");
      db.createObjectStore("tokens", { keyPath: "userId" });
      db.createObjectStore("manifests", { keyPath: "userId" });
    },
  });
