import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { debianTrees, installedBinaries } from "./pg-binaries.mjs";
import { HELP, unpackPackages } from "./pg-unpack.mjs";
import { canEnter } from "./run-as.mjs";

/** The root of this checkout. */
export const ROOT = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");

/**
 * The folder itself, or, where the server's account cannot enter it (a checkout under /root), a stand-in under /var/tmp
 * whose name is kept in the file `location` of the folder.
 * @param {string} dir
 * @param {import("./run-as.mjs").RunAs} account
 * @returns {string}
 */
export function reachable(dir, account) {
  fs.mkdirSync(dir, { recursive: true });
  if (canEnter(dir, account)) return dir;
  const pointer = path.join(dir, "location");
  const known = fs.existsSync(pointer) ? fs.readFileSync(pointer, "utf8").trim() : "";
  if (known !== "" && fs.existsSync(known)) return known;
  const made = fs.mkdtempSync(`/var/tmp/runboard-${path.basename(dir)}-`);
  fs.chmodSync(made, 0o755);
  fs.writeFileSync(pointer, made);
  return made;
}

/**
 * PostgreSQL with PostGIS: installed, or unpacked into RUNBOARD_PG_DIST (default `.data/pgdist` of this checkout).
 * @param {{ account: import("./run-as.mjs").RunAs, major?: number }} wanted `major`: that of an existing cluster
 * @returns {Promise<import("./pg-binaries.mjs").PgBinaries>}
 * @throws Error that says what to install
 */
export async function ensureBinaries({ account, major }) {
  const fits = (/** @type {{ major: number }} */ one) => major === undefined || one.major === major;
  const installed = installedBinaries().find(fits);
  if (installed) return installed;
  const dist = reachable(path.resolve(process.env.RUNBOARD_PG_DIST ?? path.join(ROOT, ".data/pgdist")), account);
  await unpackPackages(dist);
  const unpacked = debianTrees(dist).find(fits);
  if (unpacked) return unpacked;
  if (major === undefined) throw new Error(HELP);
  throw new Error(`The stored cluster is of PostgreSQL ${major}, which is not to be had here any more.\n${HELP}`);
}
