import fs from "node:fs";
import path from "node:path";
import { cleanDebian } from "./chroot.mjs";
import { ROOT } from "./pg-home.mjs";
import { answers, freePort, waitUntil } from "./ports.mjs";
import { ensureCluster } from "./postgres.mjs";
import { run } from "./proc.mjs";
import { ensureSecrets } from "./secrets.mjs";
import { step } from "./steps.mjs";

const NODE_USER = "1000:1000";

/**
 * Runs the steps of the container image in a clean Debian and starts the result on an empty database.
 * @param {string} dir a scratch folder
 * @throws NoChroot when there can be no clean Debian here, Error when a step fails
 */
export async function checkImage(dir) {
  const inside = await step("clean Debian", () => cleanDebian(dir));
  const root = path.join(dir, "debian");
  await copySources(path.join(root, "src"));
  const { stdout: registry } = await run("npm", ["config", "get", "registry"], { cwd: ROOT });
  const npm = { npm_config_registry: registry.trim(), npm_config_cache: "/tmp/npm" };
  for (const args of [["install"], ["build"], ["assemble", "/app"]]) {
    await step(`image: ${args[0]}`, () => inside(["deploy/image-steps.sh", ...args], { cwd: "/src", env: npm }));
  }
  fs.mkdirSync(path.join(root, "data"));
  fs.chownSync(path.join(root, "data"), 1000, 1000);
  await step("image: refuses to start without secrets", () => refuses(inside));
  await step("image: starts on an empty database", () => starts(inside, dir));
}

/** @param {string} target */
async function copySources(target) {
  const { stdout } = await run("git", ["ls-files", "-z"], { cwd: ROOT });
  for (const file of stdout.split("\0").filter((name) => name && fs.existsSync(path.join(ROOT, name)))) {
    fs.mkdirSync(path.dirname(path.join(target, file)), { recursive: true });
    fs.copyFileSync(path.join(ROOT, file), path.join(target, file));
  }
}

/** @param {import("./chroot.mjs").Inside} inside */
async function refuses(inside) {
  const env = { NODE_ENV: "production", DATABASE_URL: "postgres://runboard_app:x@127.0.0.1:1/runboard" };
  const { code, stderr } = await inside(["node", ".build/web.mjs"], {
    cwd: "/app",
    user: NODE_USER,
    env,
    mayFail: true,
  });
  const lines = stderr.trim().split("\n");
  if (code === 0 || lines.length !== 1 || !lines[0]?.includes("AUTH_SECRET")) {
    throw new Error(`a start without secrets must end with one line that names them, and said (${code}):\n${stderr}`);
  }
}

/**
 * @param {import("./chroot.mjs").Inside} inside
 * @param {string} dir
 */
async function starts(inside, dir) {
  const { DB_OWNER_PASSWORD: owner, DB_APP_PASSWORD: app, ...secrets } = await ensureSecrets(dir);
  const cluster = await ensureCluster({ dataDir: path.join(dir, "pg"), durable: false, passwords: { owner, app } });
  const port = await freePort();
  const env = {
    ...secrets,
    NODE_ENV: "production",
    HOST: "127.0.0.1",
    PORT: String(port),
    RUNBOARD_DATA: "/data",
    DATABASE_URL: cluster.appUrl("runboard"),
  };
  const setUp = {
    DATABASE_URL: env.DATABASE_URL,
    DATABASE_OWNER_URL: cluster.ownerUrl("runboard"),
    DATABASE_ADMIN_URL: cluster.adminUrl("postgres"),
  };
  const at = { cwd: "/app", user: NODE_USER };
  try {
    await inside(["node", ".build/ensure-roles.mjs"], { ...at, env: setUp });
    await inside(["node", ".build/migrate.mjs"], { ...at, env: setUp });
    const stop = new AbortController();
    const web = inside(["node", ".build/web.mjs"], { ...at, env, mayFail: true, stop: stop.signal });
    const ready = waitUntil(() => answers(`http://127.0.0.1:${port}/api/ready`), {
      timeoutMs: 60_000,
      what: "not ready",
    });
    const first = await Promise.race([ready, web]);
    stop.abort();
    const { code, stderr } = await web;
    if (first || code !== 0) throw new Error(`web ended with ${code}:\n${stderr}`);
  } finally {
    await cluster.release();
  }
}
