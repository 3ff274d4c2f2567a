import fs from "node:fs";
import path from "node:path";
import { closure, fetchAndUnpack, privateApt } from "./debian-packages.mjs";
import { takeLease } from "./lease.mjs";
import { libraryDirs } from "./pg-binaries.mjs";
import { ROOT, reachable } from "./pg-home.mjs";
import { serverAccount } from "./run-as.mjs";

/**
 * @typedef {object} Tool
 * @property {string} file the program
 * @property {NodeJS.ProcessEnv} env what it needs to find its libraries
 * @property {string | null} prefix root of the unpacked tree; null for an installed program
 */

const FOLDERS = ["usr/bin", "usr/sbin", "bin", "sbin"];

/** @param {string} root @param {string} program */
const inTree = (root, program) =>
  FOLDERS.map((dir) => path.join(root, dir, program)).find((file) => fs.existsSync(file));

/** @param {string} program */
const installed = (program) =>
  [...(process.env.PATH ?? "").split(path.delimiter), "/usr/sbin", "/sbin"]
    .map((dir) => path.join(dir, program))
    .find((file) => fs.existsSync(file));

/**
 * A program of Debian that tests and checks use (nginx, pgbouncer, promtool): the installed one, or its package unpacked
 * into `.data/tools` (RUNBOARD_TOOLS). Nothing is installed, no service is started. Two callers at once do it once.
 * @param {string} program
 * @param {string} [debianPackage] default: the program's name
 * @returns {Promise<Tool>}
 * @throws Error that says what to install
 */
export async function ensureTool(program, debianPackage = program) {
  const there = installed(program);
  if (there) return { file: there, env: process.env, prefix: null };
  const tools = reachable(path.resolve(process.env.RUNBOARD_TOOLS ?? path.join(ROOT, ".data/tools")), serverAccount());
  const dist = path.join(tools, debianPackage);
  fs.mkdirSync(dist, { recursive: true });
  const lock = await takeLease(path.join(tools, `${debianPackage}.lock`));
  try {
    if (!fs.existsSync(path.join(dist, "complete"))) await unpack(debianPackage, dist);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(
      `${program} is needed: install Debian's package ${debianPackage}, or give apt-get a mirror.\n${why}`,
    );
  } finally {
    await lock.release();
  }
  const file = inTree(dist, program);
  if (!file) throw new Error(`Debian's package ${debianPackage} holds no program ${program}.`);
  return { file, env: { ...process.env, LD_LIBRARY_PATH: libraryDirs(dist).join(":") }, prefix: dist };
}

/**
 * @param {string} debianPackage
 * @param {string} dist
 */
async function unpack(debianPackage, dist) {
  const stage = fs.mkdtempSync(path.join(dist, "apt-"));
  try {
    const apt = await privateApt(stage);
    await fetchAndUnpack(apt, stage, dist, [debianPackage, ...(await closure(apt, [debianPackage]))]);
  } finally {
    fs.rmSync(stage, { recursive: true, force: true });
  }
  fs.writeFileSync(path.join(dist, "complete"), "");
}
