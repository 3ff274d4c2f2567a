import fs from "node:fs";
import path from "node:path";
import { takeLease } from "./lease.mjs";
import { run } from "./proc.mjs";

/**
 * A data folder for one run; removed with `remove`, or by the next run if this one is killed.
 * @param {string} parent
 * @param {string} prefix
 * @returns {Promise<{ dir: string, remove: () => Promise<void> }>}
 */
export async function scratchDir(parent, prefix) {
  fs.mkdirSync(parent, { recursive: true });
  for (const name of fs.readdirSync(parent).filter((one) => one.startsWith(prefix))) {
    const left = path.join(parent, name);
    const unused = await run("flock", ["-n", "-x", path.join(left, "in-use.lock"), "true"], { mayFail: true });
    if (unused.code === 0) removeTree(left);
  }
  const dir = fs.mkdtempSync(path.join(parent, prefix));
  const lease = await takeLease(path.join(dir, "in-use.lock"));
  return {
    dir,
    remove: async () => {
      await lease.release();
      removeTree(dir);
    },
  };
}

/**
 * Removes a data folder, and its cluster where that had to live elsewhere.
 * @param {string} dir
 */
function removeTree(dir) {
  const pointer = path.join(dir, "pg/location");
  if (fs.existsSync(pointer)) fs.rmSync(fs.readFileSync(pointer, "utf8").trim(), { recursive: true, force: true });
  fs.rmSync(dir, { recursive: true, force: true });
}
