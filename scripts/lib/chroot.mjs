import fs from "node:fs";
import path from "node:path";
import { run } from "./proc.mjs";

/** Why there can be no clean Debian here; the check is skipped then. */
export class NoChroot extends Error {}

/**
 * @typedef {object} InsideOptions
 * @property {string} [cwd]
 * @property {Record<string, string>} [env] all it gets beside PATH and HOME
 * @property {string} [user] `uid:gid`
 * @property {boolean} [mayFail]
 * @property {AbortSignal} [stop]
 */

/** @typedef {(command: string[], options?: InsideOptions) => Promise<import("./proc.mjs").RunResult>} Inside */

const CERTIFICATES = "/etc/ssl/runboard-extra.crt";

/**
 * A clean Debian in a folder, with the Node and npm that run this script, as the base image has them.
 * @param {string} dir
 * @returns {Promise<Inside>} runs a command in it; its mounts vanish with the command
 * @throws NoChroot
 */
export async function cleanDebian(dir) {
  if (process.platform !== "linux" || process.getuid?.() !== 0) throw new NoChroot("a chroot needs root on Linux");
  const root = path.join(dir, "debian");
  const { command, env } = await debootstrap(dir);
  const include = "ca-certificates,libstdc++6,libatomic1";
  const made = await run(command, ["--variant=minbase", `--include=${include}`, "bookworm", root], {
    env,
    mayFail: true,
  });
  if (made.code !== 0) throw new NoChroot(`debootstrap: ${made.stdout.trim().split("\n").at(-1)}`);
  copyNode(root);
  /** @type {Inside} */
  const inside = (command, { cwd = "/", env: given = {}, user = "root", ...rest } = {}) => {
    const script = 'mount -t proc proc "$1/proc" && shift && exec "$@"';
    const variables = Object.entries({
      PATH: "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin",
      HOME: "/tmp",
      NODE_EXTRA_CA_CERTS: CERTIFICATES,
      ...given,
    });
    const chroot = ["chroot", ...(user === "root" ? [] : [`--userspec=${user}`]), root];
    const environment = ["/usr/bin/env", "-i", `--chdir=${cwd}`];
    return run(
      "unshare",
      ["--mount", "sh", "-c", script, "sh", root, ...chroot, ...environment, ...pairs(variables), ...command],
      rest,
    );
  };
  const node = await inside(["node", "--version"], { mayFail: true });
  if (node.code !== 0)
    throw new NoChroot(`this Node does not run on a clean Debian: ${node.stderr.trim().split("\n").at(-1)}`);
  return inside;
}

/** @param {[string, string][]} variables */
const pairs = (variables) => variables.map(([name, value]) => `${name}=${value}`);

/**
 * debootstrap of this machine, else unpacked from its package.
 * @param {string} dir
 */
async function debootstrap(dir) {
  if ((await run("debootstrap", ["--version"], { mayFail: true })).code === 0)
    return { command: "debootstrap", env: process.env };
  const fetched = await run("apt-get", ["-q", "download", "debootstrap"], { cwd: dir, mayFail: true });
  const file = fs.readdirSync(dir).find((name) => /^debootstrap_.*\.deb$/.test(name));
  if (fetched.code !== 0 || !file) throw new NoChroot(`no debootstrap: ${fetched.stderr.trim().split("\n").at(-1)}`);
  const tool = path.join(dir, "debootstrap");
  await run("dpkg-deb", ["-x", path.join(dir, file), tool]);
  const env = { ...process.env, DEBOOTSTRAP_DIR: path.join(tool, "usr/share/debootstrap") };
  return { command: path.join(tool, "usr/sbin/debootstrap"), env };
}

/** @param {string} root */
function copyNode(root) {
  const bin = path.join(root, "usr/local/bin");
  const modules = path.join(root, "usr/local/lib/node_modules");
  fs.mkdirSync(bin, { recursive: true });
  fs.copyFileSync(process.execPath, path.join(bin, "node"));
  const npm = (process.env.PATH ?? "")
    .split(path.delimiter)
    .map((dir) => path.join(dir, "npm"))
    .find((file) => fs.existsSync(file));
  if (!npm) throw new NoChroot("npm is not on the PATH");
  fs.cpSync(path.resolve(fs.realpathSync(npm), "../.."), path.join(modules, "npm"), { recursive: true });
  // A network that vouches with a certificate of its own does so for the packages too.
  const { NODE_EXTRA_CA_CERTS } = process.env;
  fs.writeFileSync(path.join(root, CERTIFICATES), NODE_EXTRA_CA_CERTS ? fs.readFileSync(NODE_EXTRA_CA_CERTS) : "");
  fs.symlinkSync("../lib/node_modules/npm/bin/npm-cli.js", path.join(bin, "npm"));
}
