import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { takeLease } from "./lease.mjs";

/** @param {number} bytes */
const token = (bytes) => randomBytes(bytes).toString("base64url");
/** @param {number} bytes */
const hex = (bytes) => randomBytes(bytes).toString("hex");

/** Every generated value and how it is made. One that is already stored is never changed. */
const MAKERS = {
  INSTANCE_ID: () => hex(4),
  DB_OWNER_PASSWORD: () => token(24),
  DB_APP_PASSWORD: () => token(24),
  AUTH_SECRET: () => token(32),
  CRON_SECRET: () => token(32),
  METRICS_TOKEN: () => token(32),
  PUSHER_APP_ID: () => String(100_000 + (randomBytes(4).readUInt32BE() % 900_000)),
  PUSHER_KEY: () => hex(10),
  PUSHER_SECRET: () => hex(20),
  PHI_KEYS: () => `k1:${randomBytes(32).toString("base64")}`,
  BLIND_INDEX_KEY: () => randomBytes(32).toString("base64"),
};

/** @typedef {Record<keyof typeof MAKERS, string>} Secrets */

/**
 * The secrets of this installation, made on first use and kept in `<dataDir>/secrets.json`, readable by its owner only.
 * @param {string} dataDir
 * @returns {Promise<Secrets>}
 */
export async function ensureSecrets(dataDir) {
  fs.mkdirSync(dataDir, { recursive: true });
  const lock = await takeLease(path.join(dataDir, "secrets.lock"));
  try {
    const file = path.join(dataDir, "secrets.json");
    /** @type {Partial<Secrets>} */
    const stored = fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, "utf8")) : {};
    const made = Object.fromEntries(Object.entries(MAKERS).map(([name, make]) => [name, make()]));
    const secrets = /** @type {Secrets} */ ({ ...made, ...stored });
    if (Object.keys(MAKERS).some((name) => !(name in stored))) {
      fs.writeFileSync(`${file}.new`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
      fs.renameSync(`${file}.new`, file);
    }
    return secrets;
  } finally {
    await lock.release();
  }
}
