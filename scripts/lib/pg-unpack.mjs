import fs from "node:fs";
import path from "node:path";
import { closure, fetchAndUnpack, privateApt } from "./debian-packages.mjs";
import { takeLease } from "./lease.mjs";
import { debianTrees, libraryDirs, OLDEST_MAJOR } from "./pg-binaries.mjs";
import { run } from "./proc.mjs";

const HEAVY = /^(libgdal|libsfcgal)/;
const PRUNE = [
  "usr/share/doc",
  "usr/share/man",
  "usr/share/locale",
  "usr/share/lintian",
  "usr/share/bug",
  "etc",
  "var",
];

/** What to say when there is no way to a database. */
export const HELP = [
  "No PostgreSQL with PostGIS could be found or unpacked. One of these helps:",
  "  - set DATABASE_URL (and DATABASE_OWNER_URL) to a database that has PostGIS, or",
  `  - install PostgreSQL ${OLDEST_MAJOR} or newer with PostGIS 3 (Debian: apt-get install postgresql-15-postgis-3), or`,
  "  - give this machine access to a Debian or Ubuntu package mirror for apt-get.",
].join("\n");

/**
 * Unpacks PostgreSQL and PostGIS from Debian packages into a folder: nothing is installed, no service is started,
 * no root is needed. Two callers at once do it once.
 * @param {string} dist
 * @throws Error with the way out when apt-get has no such packages
 */
export async function unpackPackages(dist) {
  fs.mkdirSync(dist, { recursive: true });
  const lock = await takeLease(path.join(dist, "unpack.lock"));
  try {
    const [ready] = debianTrees(dist);
    if (ready && fs.existsSync(path.join(dist, "complete"))) return;
    const stage = fs.mkdtempSync(path.join(dist, "apt-"));
    try {
      await unpackInto(dist, stage);
    } finally {
      fs.rmSync(stage, { recursive: true, force: true });
    }
    fs.writeFileSync(path.join(dist, "complete"), "");
  } catch (error) {
    throw new Error(`${HELP}\n${error instanceof Error ? error.message : String(error)}`);
  } finally {
    await lock.release();
  }
}

/**
 * @param {string} dist
 * @param {string} stage
 */
async function unpackInto(dist, stage) {
  const apt = await privateApt(stage);
  const major = await newestPostgis(apt);
  const server = [`postgresql-${major}`, `postgresql-client-${major}`];
  const postgis = [`postgresql-${major}-postgis-3`, `postgresql-${major}-postgis-3-scripts`];
  const depends = (await directDepends(apt, `postgresql-${major}-postgis-3`)).filter((name) => !HEAVY.test(name));
  await fetchAndUnpack(apt, stage, dist, [...server, ...postgis, ...(await closure(apt, [...server, ...depends]))]);
  withoutVersionSuffix(path.join(dist, "usr/share/postgresql", String(major), "extension"));
  if (await misses(dist, major)) {
    await fetchAndUnpack(apt, stage, dist, await closure(apt, [...server, ...postgis]));
  }
  for (const dir of PRUNE) fs.rmSync(path.join(dist, dir), { recursive: true, force: true });
  fs.rmSync(path.join(dist, "usr/lib/postgresql", String(major), "lib/bitcode"), { recursive: true, force: true });
}

/** @param {import("./debian-packages.mjs").Apt} apt */
async function newestPostgis(apt) {
  for (let major = OLDEST_MAJOR + 5; major >= OLDEST_MAJOR; major--) {
    const { stdout } = await apt("apt-cache", ["policy", `postgresql-${major}-postgis-3`], { mayFail: true });
    if (/Candidate: \d/.test(stdout)) return major;
  }
  throw new Error("The package sources of apt-get offer no postgresql-*-postgis-3.");
}

/**
 * @param {import("./debian-packages.mjs").Apt} apt
 * @param {string} name
 */
async function directDepends(apt, name) {
  const { stdout } = await apt("apt-cache", ["show", "--no-all-versions", name]);
  const list = /^Depends: (.*)$/m.exec(stdout)?.[1] ?? "";
  return list
    .split(",")
    .map((one) => one.trim().split(/[\s|(:]/)[0] ?? "")
    .filter((one) => one !== "" && !one.startsWith("postgresql"));
}

/**
 * Debian's packages name the control file `postgis-3.control` and link it in a maintainer script that does not run here.
 * @param {string} dir
 */
function withoutVersionSuffix(dir) {
  for (const file of fs.readdirSync(dir)) {
    const plain = file.replace(/-3\.control$/, ".control");
    if (!fs.existsSync(path.join(dir, plain))) fs.copyFileSync(path.join(dir, file), path.join(dir, plain));
  }
}

/**
 * Whether a library is missing for what we use of the tree (rasters and the JIT compiler are left out on purpose).
 * @param {string} dist
 * @param {number} major
 */
async function misses(dist, major) {
  const home = path.join(dist, "usr/lib/postgresql", String(major));
  const files = ["bin/postgres", "bin/initdb", "bin/psql", "lib/postgis-3.so"].map((file) => path.join(home, file));
  const env = { ...process.env, LD_LIBRARY_PATH: libraryDirs(dist).join(":") };
  const { stdout, code } = await run("ldd", files, { env, mayFail: true });
  return code !== 0 || stdout.includes("not found");
}
