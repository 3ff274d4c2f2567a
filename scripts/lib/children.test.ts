import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Services } from "./children.mjs";
import { waitUntil } from "./ports.mjs";

let dir = "";
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), "services-"));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const spec = (script: string) => ({ name: "probe", cwd: dir, args: ["-e", script], env: process.env });
const pids = () =>
  [...readFileSync(path.join(dir, "probe.log"), "utf8").matchAll(/^pid (\d+)$/gm)].map(([, pid]) => Number(pid));
const within = { timeoutMs: 10_000 };

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

const STAYS = "console.log('pid ' + process.pid); setInterval(() => undefined, 1000)";

test("a service that dies is started again, and stopping ends the one that runs", async () => {
  const services = new Services(dir, (error) => expect.fail(error.message));
  services.start(spec(STAYS));
  await waitUntil(async () => pids().length === 1, { ...within, what: "no first start" });
  process.kill(pids()[0]!, "SIGKILL");
  await waitUntil(async () => pids().length === 2, { ...within, what: "no second start" });
  await services.stop();
  expect(pids().filter(isAlive)).toEqual([]);
});

test("a service that was halted stays away until it is resumed", async () => {
  const services = new Services(dir, (error) => expect.fail(error.message));
  services.start(spec(STAYS));
  await waitUntil(async () => pids().length === 1, { ...within, what: "no start" });
  expect(services.pid("probe")).toBe(pids()[0]);
  await services.halt("probe");
  expect([services.pid("probe"), pids().filter(isAlive)]).toEqual([undefined, []]);
  services.resume("probe");
  await waitUntil(async () => pids().length === 2, { ...within, what: "no second start" });
  await services.stop();
});

test("stopping also ends what a service has started itself", async () => {
  const grandchild = `require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(STAYS)}], { stdio: 'inherit' });`;
  const services = new Services(dir, (error) => expect.fail(error.message));
  services.start(spec(`${STAYS}; ${grandchild}`));
  await waitUntil(async () => pids().length === 2, { ...within, what: "no grandchild" });
  await services.stop();
  await waitUntil(async () => !pids().some(isAlive), { ...within, what: "something still runs" });
});

test("one that dies again and again is given up, with the end of its log", async () => {
  const gaveUp = new Promise<Error>((resolve) => {
    new Services(dir, resolve).start(spec("console.log('no secret'); process.exit(3)"));
  });
  expect((await gaveUp).message).toMatch(/probe does not stay up \(3\):[^]*no secret/);
});

test("services end when the process that started them is killed", async () => {
  const library = pathToFileURL(path.resolve("scripts/lib/children.mjs")).href;
  const guard = pathToFileURL(path.resolve("scripts/lib/die-with-parent.mjs")).href;
  const service = { ...spec(STAYS), env: {}, args: ["--import", guard, "-e", STAYS] };
  const script = `
    const { Services } = await import(${JSON.stringify(library)});
    new Services(${JSON.stringify(dir)}, () => undefined).start(${JSON.stringify(service)});`;
  const parent = spawn(process.execPath, ["--input-type=module", "-e", script], { stdio: "ignore" });
  const log = path.join(dir, "probe.log");
  const started = async () => readFileSync(log, { encoding: "utf8", flag: "a+" }).includes("pid");
  await waitUntil(started, { ...within, what: "no start" });
  parent.kill("SIGKILL");
  await waitUntil(async () => !pids().some(isAlive), { ...within, what: "it outlived its parent" });
});
