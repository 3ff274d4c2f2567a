import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "@/server/api/root";
import { wire } from "@/server/domain/wire/transformer";
import type { DriveDb } from "./drive-db";

export type Manifest = inferRouterOutputs<AppRouter>["drive"]["manifest"];
export type KeptManifest = { manifest: Manifest; storedAt: Date };

/** A run names riders: it lies on a phone no longer than a long shift, in milliseconds. */
const KEPT_MS = 24 * 3_600_000;

/** Keeps the newest run of a person, to be shown while the server is not reached. */
export async function keepManifest(db: DriveDb, userId: string, manifest: Manifest, now: Date): Promise<void> {
  const row = { userId, storedAt: now.toISOString(), manifest: JSON.stringify(wire.serialize(manifest)) };
  await db.put("manifests", row);
}

/** The run that was kept of this person; those of others, and what is too old, are removed. */
export async function readKeptManifest(db: DriveDb, userId: string, now: Date): Promise<KeptManifest | null> {
  const rows = await db.getAll("manifests");
  const isMine = (row: (typeof rows)[number]) =>
    row.userId === userId && now.getTime() - Date.parse(row.storedAt) <= KEPT_MS;
  for (const row of rows) if (!isMine(row)) await db.delete("manifests", row.userId);
  const mine = rows.find(isMine);
  if (!mine) return null;
  const manifest = wire.deserialize(JSON.parse(String(mine.manifest))) as Manifest;
  return { manifest, storedAt: new Date(mine.storedAt) };
}

/** Who signs out leaves no rider behind. Unsent presses and fixes stay: they go out when the person is back. */
export const forgetManifests = (db: DriveDb): Promise<void> => db.clear("manifests");
