import { spawnSync } from "node:child_process";
import fs from "node:fs";

/** @typedef {{ uid?: number, gid?: number }} RunAs */

/** PostgreSQL refuses to run as root: the account it runs as instead; empty when we are not root. @returns {RunAs} */
export function serverAccount() {
  if (process.getuid?.() !== 0) return {};
  const lines = fs.readFileSync("/etc/passwd", "utf8").split("\n");
  for (const name of ["postgres", "nobody"]) {
    const [, , uid, gid] = lines.find((line) => line.startsWith(`${name}:`))?.split(":") ?? [];
    if (uid !== undefined && gid !== undefined) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new Error("running as root needs an account `postgres` or `nobody` to run PostgreSQL as");
}

/**
 * Whether that account may enter this folder (a checkout under /root is closed to it).
 * @param {string} dir
 * @param {RunAs} account
 */
export function canEnter(dir, account) {
  return account.uid === undefined || spawnSync("test", ["-x", dir], { ...account, cwd: "/" }).status === 0;
}
