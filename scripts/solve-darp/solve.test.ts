import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { buildProblem } from "@/server/domain/scheduling/build-problem";
import { type Random, seededRandom } from "@/server/domain/scheduling/random";
import { Search } from "@/server/domain/scheduling/search";
import { problemOf, readInstance } from "./read-instance";

const root = path.resolve(import.meta.dirname, "../..");
const checkerFile = path.join(process.env.RUNBOARD_SHARED ?? path.resolve(root, "../shared"), "darp/darp-check.mjs");

type Checker = {
  parseInstance(text: string): unknown;
  check(instance: unknown, solution: { routes: number[][] }, options: { md: boolean }): Verdict;
};
type Verdict = { feasible: boolean; cost: number; violations: { type: string }[] };
const checker: Checker | null = existsSync(checkerFile) ? await import(pathToFileURL(checkerFile).href) : null;

const FORMATS = ["prNN", "aM-N", "het"] as const;

/** A random instance as its file would be. */
function textOf(format: (typeof FORMATS)[number], random: Random, n: number, m: number): string {
  const place = () => (20 * random.next() - 10).toFixed(3);
  const window = (bound: boolean) => {
    const e = random.int(400);
    return bound ? `${e} ${e + 15}` : "0 480";
  };
  const kinds = Array.from({ length: n }, () => 5 + random.int(4));
  const outbound = Array.from({ length: n }, () => random.int(2) === 0);
  const row = (id: number) => {
    const r = (id - 1) % n;
    const sign = id <= n ? 1 : -1;
    const times = window(outbound[r] === id > n);
    if (format !== "het") return `${id} ${place()} ${place()} 3 ${sign} ${times}`;
    const load = [5, 6, 7, 8].map((kind) => (kind === kinds[r] ? sign : 0)).join(" ");
    return `${id}\t${place()}\t${place()}\t3\t30\t${load}\t${times.replace(" ", "\t")}`;
  };
  const rows = Array.from({ length: 2 * n }, (_, at) => row(at + 1));
  if (format === "prNN") return [`${m} ${2 * n} 480 6 60`, "0 0 0 0 0 0 480", ...rows].join("\n");
  if (format === "aM-N")
    return [`${m} ${n} 480 3 30`, "0 0 0 0 0 0 480", ...rows, `${2 * n + 1} 0 0 0 0 0 480`].join("\n");
  const fleet = Array.from({ length: m }, (_, k) => (k % 2 === 0 ? "480 1 6 0 1" : "480 2 1 1 1"));
  const depot = (id: number) => `${id} 0 0 0 0 0 0 0 0 0 480`;
  return [`${m} ${n}`, ...fleet, depot(0), ...rows, depot(2 * n + 1)].join("\n");
}

test.skipIf(checker === null)("random instances of all formats are solved to the checker's satisfaction", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 30 }), fc.constantFrom(...FORMATS), fc.boolean(), (seed, format, md) => {
      const random = seededRandom(seed);
      const text = textOf(format, random, 4 + random.int(16), 2 + random.int(4));
      const search = new Search(buildProblem(problemOf(readInstance(text), md)), seed);
      search.run(200);
      const { best } = search;
      const routes = Array.from({ length: best.problem.m }, (_, k) => best.nodesOf(k).map((node) => node + 1));
      const verdict = checker?.check(checker.parseInstance(text), { routes }, { md });
      const complaints = verdict?.violations.filter(({ type }) => type !== "unserved");
      expect(complaints).toEqual([]);
      expect(verdict?.cost).toBeCloseTo(best.distance, 6);
      expect(verdict?.feasible).toBe(best.unserved.length + best.problem.impossible.size === 0);
    }),
    { numRuns: 60 },
  );
});

test.each(["", "junk", "3 4", "2 1 480 3", "2 1 480 3 30\n0 0 0 0 0 0 480", "2 1 480 3 30\n0 0 0 x 0 0 480"])(
  "what is no instance is refused: %j",
  (text) => {
    expect(() => readInstance(text)).toThrow();
  },
);

/** The same file as another hand would have typed it. */
const retyped: ((text: string) => string)[] = [
  (text) => text.replaceAll("\n", "\r\n"),
  (text) => `\uFEFF\n\n${text}\n\n \n`,
  (text) => text.replaceAll(/[ \t]/g, "  \t").replaceAll("\n", "  \n \t"),
  (text) => text.replaceAll(/(?<![.\d])(\d+)(?![.\d])/g, "$1.00"),
];

test.each(FORMATS)("%s: line ends, blank lines, spaces and decimals make no difference", (format) => {
  const text = textOf(format, seededRandom(7), 5, 2);
  const plain = readInstance(text);
  expect(plain).toMatchObject({ n: 5, vehicles: { length: 2 } });
  for (const retype of retyped) expect(readInstance(retype(text))).toEqual(plain);
});

test("the two uniform formats are told apart by their rows, and a file short of a row is none", () => {
  for (const format of ["prNN", "aM-N"] as const) {
    const lines = textOf(format, seededRandom(3), 6, 2).split("\n");
    expect(readInstance(lines.join("\n"))).toMatchObject({ n: 6 });
    expect(() => readInstance(lines.slice(0, -1).join("\n"))).toThrow();
    expect(() => readInstance([...lines, lines.at(-1)].join("\n"))).toThrow();
  }
});

test("a vehicle with more places than can be counted is used up to what can be", () => {
  const text = textOf("aM-N", seededRandom(4), 4, 2).replace(" 3 30\n", " 500 30\n");
  const search = new Search(buildProblem(problemOf(readInstance(text), false)), 1);
  expect(search.best.unserved).toEqual([]);
});

let dir = "";
beforeAll(() => {
  dir = mkdtempSync(path.join(tmpdir(), "solve-darp-"));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const script = path.join(root, "scripts/solve-darp/run.mjs");
const command = path.join(root, "scripts/solve-darp/run.sh");
function instance(n: number, m: number): string {
  const file = path.join(dir, `${n}-${m}.txt`);
  writeFileSync(file, textOf("aM-N", seededRandom(4), n, m));
  return file;
}

test("the command prints one line, writes the solution, and repeats itself for a seed", () => {
  const out = path.join(dir, "solution.json");
  const run = () =>
    JSON.parse(
      execFileSync("sh", [command, instance(8, 4), "--iterations", "300", "--out", out], { encoding: "utf8" }),
    );
  const first = run();
  expect(first).toMatchObject({ feasible: true, iterations: 300 });
  expect(JSON.parse(readFileSync(out, "utf8"))).toEqual({ routes: first.routes });
  expect(run().routes).toEqual(first.routes);
});

test("all threads end in time", () => {
  const args = [script, instance(8, 4), "--seconds", "2", "--threads", "2"];
  const { seconds, feasible } = JSON.parse(execFileSync("node", args, { encoding: "utf8" }));
  expect(feasible).toBe(true);
  expect(seconds).toBeLessThan(4);
});

test("told to stop, the command prints the best plan so far and ends", async () => {
  const trace = path.join(dir, "trace.jsonl");
  const args = [script, instance(60, 8), "--seconds", "600", "--threads", "2", "--trace", trace];
  const solver = spawn("node", args, { stdio: ["ignore", "pipe", "inherit"] });
  const output = text(solver.stdout);
  const ended = once(solver, "exit");
  await vi.waitUntil(() => existsSync(trace) && readFileSync(trace, "utf8").includes('"feasible":true'), 20_000);
  solver.kill("SIGTERM");
  expect(await ended).toEqual([0, null]);
  const lines = (await output).trim().split("\n");
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({ feasible: true });
}, 30_000);

test("told to stop before it has begun to search, the command prints one line, too", async () => {
  const solver = spawn("node", [script, instance(60, 8), "--seconds", "600"], { stdio: ["ignore", "pipe", "inherit"] });
  const output = text(solver.stdout);
  const ended = once(solver, "exit");
  const bundle = path.join(root, ".build/solve-darp", `${solver.pid}.mjs`);
  await vi.waitUntil(() => existsSync(bundle), { timeout: 20_000, interval: 1 });
  solver.kill("SIGTERM");
  const [code] = await ended;
  const lines = (await output).trim().split("\n");
  expect(lines).toHaveLength(1);
  const { feasible } = JSON.parse(lines[0] ?? "");
  expect(code).toBe(feasible ? 0 : 3);
}, 30_000);

test.each([0, 10, 30, 60, 120, 250])(
  "told to stop %d ms after node was started, the command prints one line",
  async (ms) => {
    const solver = spawn("sh", [command, instance(8, 4), "--seconds", "600"], { stdio: ["ignore", "pipe", "ignore"] });
    const output = text(solver.stdout);
    const ended = once(solver, "exit");
    const children = `/proc/${solver.pid}/task/${solver.pid}/children`;
    await vi.waitUntil(() => readFileSync(children, "utf8") !== "", { timeout: 20_000, interval: 1 });
    await new Promise((resolve) => setTimeout(resolve, ms));
    solver.kill("SIGTERM");
    const [code] = await ended;
    const lines = (await output).trim().split("\n");
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({ feasible: code === 0 });
    expect([0, 3]).toContain(code);
  },
  30_000,
);

test("no full plan is exit 3, no instance is exit 2 with one line", () => {
  const none = spawnSync("sh", [command, instance(30, 1), "--iterations", "50"], { encoding: "utf8" });
  expect(none.status).toBe(3);
  expect(JSON.parse(none.stdout)).toMatchObject({ feasible: false });
  const missing = spawnSync("sh", [command, path.join(dir, "missing.txt")], { encoding: "utf8" });
  expect(missing.status).toBe(2);
  expect(missing.stdout).toBe("");
  expect(missing.stderr.trim().split("\n")).toHaveLength(1);
});
