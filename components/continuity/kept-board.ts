import type { RunSheets } from "@/server/domain/runsheets/run-sheet";
import { wire } from "@/server/domain/wire/transformer";
import type { KeptDb, KeptRow } from "./kept-db";

/** The last board that this console saw, as a dispatcher needs it when nothing else is left. */
export type KeptBoard = { userId: string; sheets: RunSheets; storedAt: Date };

/** It names riders: after so long without the server it is worth less than it risks, in milliseconds. */
export const KEPT_MS = 12 * 3_600_000;

/** Bound into the seal: who it belongs to and of when it is cannot be changed. */
const boundTo = ({ userId, agencyId, storedAt }: Pick<KeptRow, "userId" | "agencyId" | "storedAt">) =>
  new TextEncoder().encode(`${userId} ${agencyId} ${storedAt}`);

/** Keeps the newest copy in place of the one before. */
export async function keepBoard(db: KeptDb, userId: string, sheets: RunSheets, now: Date): Promise<void> {
  const head = { userId, agencyId: sheets.agencyId, storedAt: now.toISOString() };
  const nonce = crypto.getRandomValues(new Uint8Array(12));
  const plain = new TextEncoder().encode(JSON.stringify(wire.serialize(sheets)));
  const algorithm = { name: "AES-GCM", iv: nonce, additionalData: boundTo(head) };
  const sealed = await crypto.subtle.encrypt(algorithm, await keyOf(db), plain);
  await db.put("boards", { id: "board", ...head, nonce, sealed });
}

/** The copy that was kept; one that is too old, or that does not open, is removed. */
export async function readKeptBoard(db: KeptDb, now: Date): Promise<KeptBoard | null> {
  const row = await db.get("boards", "board");
  if (!row) return null;
  const isTooOld = now.getTime() - Date.parse(row.storedAt) > KEPT_MS;
  const sheets = isTooOld ? null : await openRow(db, row);
  if (sheets === null) {
    await forgetBoard(db);
    return null;
  }
  return { userId: row.userId, storedAt: new Date(row.storedAt), sheets };
}

async function openRow(db: KeptDb, row: KeptRow): Promise<RunSheets | null> {
  const algorithm = { name: "AES-GCM", iv: row.nonce, additionalData: boundTo(row) };
  try {
    const plain = await crypto.subtle.decrypt(algorithm, await keyOf(db), row.sealed);
    return wire.deserialize(JSON.parse(new TextDecoder().decode(plain))) as RunSheets;
  } catch (error) {
    // WebCrypto says only that it failed: another key, or a changed row.
    if (error instanceof DOMException) return null;
    throw error;
  }
}

/** Removes copy and key: who signed out, or lost access, leaves no rider behind. */
export async function forgetBoard(db: KeptDb): Promise<void> {
  await db.clear("boards");
  await db.clear("keys");
}

/** This browser's key, made at first use; it cannot be taken out. */
async function keyOf(db: KeptDb): Promise<CryptoKey> {
  const known = await db.get("keys", "board");
  if (known) return known.key;
  const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  await db.put("keys", { id: "board", key });
  return key;
}
