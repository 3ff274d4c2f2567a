import fs from "node:fs";
import path from "node:path";
import { ROOT } from "./pg-home.mjs";
import { run } from "./proc.mjs";

/** Starts and closes it through Playwright: the only proof that it will do. */
const LAUNCH = `
const { chromium } = await import("playwright-core");
const executablePath = process.env.RUNBOARD_CHROMIUM || undefined;
await (await chromium.launch({ executablePath, args: ["--no-sandbox"] })).close();`;

/**
 * Whether this browser starts; "" stands for Playwright's own.
 * @param {string} executable
 */
async function starts(executable) {
  const env = { ...process.env, RUNBOARD_CHROMIUM: executable };
  const { code } = await run(process.execPath, ["--input-type=module", "-e", LAUNCH], {
    cwd: ROOT,
    env,
    mayFail: true,
  });
  return code === 0;
}

/** @returns {string[]} */
function installed() {
  if (process.env.RUNBOARD_CHROMIUM) return [process.env.RUNBOARD_CHROMIUM];
  const dirs = (process.env.PATH ?? "").split(path.delimiter);
  return ["chromium", "chromium-browser", "google-chrome"]
    .flatMap((name) => dirs.map((dir) => path.join(dir, name)))
    .filter((file) => fs.existsSync(file));
}

/** @returns {Promise<string | null>} the first that starts, "" for Playwright's own, or null */
async function firstThatStarts() {
  for (const executable of new Set([...installed(), ""])) {
    if (await starts(executable)) return executable;
  }
  return null;
}

/**
 * A browser for the tests: one that is there, else Debian's package when we are root, else Playwright's own.
 * @returns {Promise<{ executable: string, note: string }>} "" for Playwright's own
 * @throws Error that says what to do
 */
export async function ensureChromium() {
  const tried = [];
  for (const install of [async () => "", installPackage, installFromPlaywright]) {
    tried.push(await install());
    const executable = await firstThatStarts();
    if (executable !== null) return { executable, note: executable || "Playwright's own" };
  }
  throw new Error(
    `The browser tests need Chromium, and none can be had here (${tried.filter(Boolean).join("; ")}). Install one (Debian: apt-get install chromium) and name it in RUNBOARD_CHROMIUM if it is not on the PATH.`,
  );
}

/** @returns {Promise<string>} what came of it */
async function installPackage() {
  if (process.getuid?.() !== 0) return "not root, so no package was installed";
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const install = ["-q", "-y", "-o", "DPkg::Lock::Timeout=180", "--no-install-recommends", "install", "chromium"];
  let result = await run("apt-get", install, { env, mayFail: true });
  if (result.code !== 0) {
    await run("apt-get", ["-q", "update"], { env, mayFail: true }); // the lists may be missing or old
    result = await run("apt-get", install, { env, mayFail: true });
  }
  return result.code === 0 ? "apt-get installed chromium" : `apt-get: ${result.stderr.trim().split("\n").at(-1)}`;
}

/** @returns {Promise<string>} */
async function installFromPlaywright() {
  const cli = path.join(ROOT, "node_modules/playwright-core/cli.js");
  const result = await run(process.execPath, [cli, "install", "chromium"], { cwd: ROOT, mayFail: true });
  return result.code === 0 ? "playwright installed its own" : "playwright could not download its own";
}
