import fs from "node:fs";
import path from "node:path";
import { run } from "./proc.mjs";

/** @typedef {{ version?: string, resolved?: string, optional?: boolean, link?: boolean }} Locked */

/**
 * @param {string} file
 * @returns {Record<string, Locked> | null}
 */
function lockedPackages(file) {
  return fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, "utf8")).packages : null;
}

/**
 * Whether `node_modules` holds what package-lock.json asks for (packages for other platforms aside).
 * @param {string} root
 */
export function packagesAreInstalled(root) {
  const wanted = lockedPackages(path.join(root, "package-lock.json"));
  const present = lockedPackages(path.join(root, "node_modules/.package-lock.json"));
  if (!wanted || !present) return false;
  const names = Object.keys(wanted).filter((name) => name !== "");
  const same = names.every((name) =>
    present[name] ? present[name].version === wanted[name]?.version : wanted[name]?.optional === true,
  );
  return same && Object.keys(present).every((name) => name in wanted);
}

/**
 * Installs the packages of package-lock.json when they are not there, and mends them.
 * @param {string} root
 * @returns {Promise<{ note: string }>}
 */
export async function ensurePackages(root) {
  const areThere = packagesAreInstalled(root);
  if (!areThere) await install(root);
  await applyPatches(root);
  return { note: areThere ? "already there" : "npm ci" };
}

/** @param {string} root */
const install = (root) => run("npm", ["ci", "--include=dev", "--no-audit", "--no-fund"], { cwd: root });

/**
 * Mends packages by the files in `patches` (each says what and why in docs/decisions); safe to repeat. Install scripts
 * do not run here (.npmrc), so whoever installs or builds calls it.
 * @param {string} root
 * @throws Error when a patch does not fit the version that is installed
 */
export async function applyPatches(root) {
  const mend = () =>
    run(process.execPath, [path.join(root, "node_modules/patch-package/index.js"), "--error-on-fail"], { cwd: root });
  try {
    await mend();
  } catch {
    // Mended by an older patch, which the newer one does not fit on top of: the packages are taken anew.
    await install(root);
    await mend();
  }
}
