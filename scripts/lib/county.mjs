import fs from "node:fs";
import path from "node:path";
import { takeLease } from "./lease.mjs";
import { runScript } from "./stack.mjs";

/**
 * The synthetic county: roads, addresses, facilities and tiles. The generator leaves alone what is up to date.
 * @param {string} dataDir
 * @returns {Promise<void>}
 */
export async function ensureCounty(dataDir) {
  fs.mkdirSync(dataDir, { recursive: true });
  const lock = await takeLease(path.join(dataDir, "county.lock"));
  try {
    await runScript("scripts/county/generate.ts", ["--out", path.join(dataDir, "county")], process.env);
  } finally {
    await lock.release();
  }
}
