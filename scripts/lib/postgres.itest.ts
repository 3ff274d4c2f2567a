import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import postgres from "postgres";
import { afterEach, expect, test } from "vitest";
import { portIsFree, waitUntil } from "./ports.mjs";
import { ensureCluster } from "./postgres.mjs";
import { ensureSecrets } from "./secrets.mjs";

const passwords = { owner: "owner-of-a-test", app: "app-of-a-test" };
const made: string[] = [];

/** A folder that the server's account may enter. */
function dataDir(): string {
  const dir = mkdtempSync(path.join(tmpdir(), "cluster-"));
  made.push(dir);
  return dir;
}

afterEach(() => {
  for (const dir of made.splice(0)) {
    const pointer = readdirSync(dir).includes("location") ? readFileSync(path.join(dir, "location"), "utf8") : "";
    for (const one of [dir, pointer].filter(Boolean)) rmSync(one, { recursive: true, force: true });
  }
});

const ensure = (dir: string) => ensureCluster({ dataDir: dir, durable: false, passwords, database: "probe" });
const stopped = (port: number) =>
  waitUntil(() => portIsFree(port), { timeoutMs: 20_000, what: "the server did not stop" });

test("two starts at once share one server, and the last to leave stops it", async () => {
  const dir = dataDir();
  const [one, other] = await Promise.all([ensure(dir), ensure(dir)]);
  expect(other.port).toBe(one.port);
  await one.release();
  const sql = postgres(other.appUrl("probe"), { max: 1 });
  expect(await sql`select current_user as name`).toMatchObject([{ name: "runboard_app" }]);
  await sql.end();
  await other.release();
  await stopped(one.port);
});

test("a holder that is killed leaves no server behind, and the next start works", async () => {
  const dir = dataDir();
  const library = pathToFileURL(path.resolve("scripts/lib/postgres.mjs")).href;
  const script = `
    const { ensureCluster } = await import(${JSON.stringify(library)});
    const cluster = await ensureCluster(${JSON.stringify({ dataDir: dir, durable: false, passwords })});
    console.log(cluster.port);
    setInterval(() => undefined, 1000);`;
  const holder = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const port = await new Promise<number>((resolve) => holder.stdout.once("data", (line) => resolve(Number(line))));
  expect(await portIsFree(port)).toBe(false);
  holder.kill("SIGKILL");
  await stopped(port);
  const again = await ensure(dir);
  await again.release();
});

test("passwords are in no command line and in no file that others can read", async () => {
  const dir = dataDir();
  const secrets = await ensureSecrets(dir);
  expect(statSync(path.join(dir, "secrets.json")).mode & 0o777).toBe(0o600);
  expect(await ensureSecrets(dir)).toEqual(secrets);
  const cluster = await ensure(dir);
  const superPassword = new URL(cluster.adminUrl("postgres")).password;
  const commands = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(commandLine)
    .join("\n");
  for (const password of [superPassword, passwords.app]) expect(commands).not.toContain(password);
  await cluster.release();
});

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return ""; // gone meanwhile
  }
}
