import fs from "node:fs";
import path from "node:path";
import { run } from "./proc.mjs";

/** Not wanted in a private tree: maintainer scripts, service integration, and what only the JIT compiler or rasters need. */
const SKIP =
  /^(perl|libperl|python3?|tzdata|ucf|debconf|adduser|passwd|ssl-cert|postgresql-common|postgresql-client-common|netbase|sensible-utils|locales|libc6|libc-bin|libllvm|libclang|libz3|logrotate|lsb-base|sysvinit-utils|init-system-helpers)/;

/** @typedef {(tool: "apt-get" | "apt-cache", args: string[], options?: import("./proc.mjs").RunOptions) => Promise<import("./proc.mjs").RunResult>} Apt */

/**
 * apt with lists and archives of its own, so that the system's are neither needed, changed nor locked.
 * @param {string} stage
 * @returns {Promise<Apt>}
 */
export async function privateApt(stage) {
  for (const dir of ["lists/partial", "cache/archives/partial", "debs"]) {
    fs.mkdirSync(path.join(stage, dir), { recursive: true });
  }
  const config = path.join(stage, "apt.conf");
  const lines = [
    "#clear APT::Update::Post-Invoke;",
    "#clear APT::Update::Post-Invoke-Success;",
    `Dir::State::Lists "${stage}/lists";`,
    `Dir::Cache "${stage}/cache";`,
    'APT::Sandbox::User "root";',
    'Acquire::Languages "none";',
    'Debug::NoLocking "1";',
  ];
  fs.writeFileSync(config, `${lines.join("\n")}\n`);
  /** @type {Apt} */
  const apt = (tool, args, options) =>
    run(tool, ["-c", config, ...args], { env: { ...process.env, LC_ALL: "C" }, ...options });
  await apt("apt-get", ["-qq", "update"], { mayFail: true }); // one broken source of many does not matter: the policy below tells
  return apt;
}

/**
 * What apt would have to install for these packages on this machine.
 * @param {Apt} apt
 * @param {string[]} names
 */
export async function closure(apt, names) {
  const { stdout } = await apt("apt-get", ["-s", "--no-install-recommends", "install", ...names]);
  return [...stdout.matchAll(/^Inst (\S+)/gm)].map(([, name = ""]) => name);
}

/**
 * @param {Apt} apt
 * @param {string} stage
 * @param {string} dist
 * @param {string[]} names
 */
export async function fetchAndUnpack(apt, stage, dist, names) {
  const wanted = [...new Set(names)].filter((name) => !SKIP.test(name));
  const debs = path.join(stage, "debs");
  await apt("apt-get", ["-qq", "download", ...wanted], { cwd: debs });
  for (const file of fs.readdirSync(debs)) {
    await run("dpkg-deb", ["-x", path.join(debs, file), dist]);
    fs.rmSync(path.join(debs, file));
  }
}
