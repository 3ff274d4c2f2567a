import "server-only";
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

/** Where a ciphertext lives: bound into it, so that it can't be moved to another row or column. */
export type Place = { table: string; column: string; rowId: string };
export type PatientKeys = { current: { id: string; key: Buffer }; byId: Map<string, Buffer> };

/**
 * Reads `PHI_KEYS` (`id:base64key[,id:base64key]`; the first encrypts, all decrypt).
 * @throws Error when a key is not 32 bytes
 */
export function parsePatientKeys(text: string): PatientKeys {
  const keys = text.split(",").map((part) => {
    const [id = "", encoded = ""] = part.trim().split(":");
    const key = Buffer.from(encoded, "base64");
    if (!/^[a-z0-9-]{1,16}$/.test(id) || key.length !== 32)
      throw new Error("PHI_KEYS: each key is id:base64 of 32 bytes");
    return { id, key };
  });
  const [current] = keys;
  if (!current) throw new Error("PHI_KEYS holds no key");
  return { current, byId: new Map(keys.map(({ id, key }) => [id, key])) };
}

const aad = (place: Place) => Buffer.from(`${place.table}.${place.column}.${place.rowId}`);

/** AES-256-GCM: `v1.<key id>.<nonce>.<tag>.<ciphertext>`, base64url. */
export function encrypt(keys: PatientKeys, place: Place, plain: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", keys.current.key, nonce);
  cipher.setAAD(aad(place));
  const body = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
  return ["v1", keys.current.id, ...[nonce, cipher.getAuthTag(), body].map((b) => b.toString("base64url"))].join(".");
}

/**
 * Opens what `encrypt` made for the same place.
 * @throws Error when the key is unknown, or the text was changed or moved
 */
export function decrypt(keys: PatientKeys, place: Place, sealed: string): string {
  const [version, keyId = "", nonce = "", tag = "", body = ""] = sealed.split(".");
  const key = keys.byId.get(keyId);
  if (version !== "v1" || !key) throw new Error(`no key to open ${place.table}.${place.column}`);
  const decipher = createDecipheriv("aes-256-gcm", key, Buffer.from(nonce, "base64url"));
  decipher.setAAD(aad(place));
  decipher.setAuthTag(Buffer.from(tag, "base64url"));
  return Buffer.concat([decipher.update(Buffer.from(body, "base64url")), decipher.final()]).toString("utf8");
}
