import { execFile } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { loadavg, tmpdir } from "node:os";
import path from "node:path";
import { parseArgs, promisify } from "node:util";
import { type Check, conclude, round } from "@/scripts/bench/lib/report";
import { benchDay, DAY_SECONDS } from "./darp-day";
import { type Case, readLibrary } from "./darp-library";

// `npm run bench:darp [-- --only REGEX] [--seconds N] [--seed S] [--threads T]`: solves the published instances and lets
// their checker judge; then plans a random day of the product ("day"). Without --seconds each set gets the time that its
// target is set for.
const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, "../..");
const text = { type: "string" as const };
const { values } = parseArgs({ options: { only: text, seconds: text, seed: text, threads: text } });
const named = path.join(process.env.RUNBOARD_SHARED ?? path.resolve(root, "../shared"), "darp");
// The checker says nothing when it is called by another name than its own, as behind a symbolic link.
const folder = existsSync(named) ? realpathSync(named) : named;

type Moment = { seconds: number; cost: number; feasible: boolean };
type Result = { name: string; set: string; cost: number; gap: number | null; first?: number; near?: number };

/** Mean and worst gap that a set may have, in per cent. */
const WANTED: Record<string, { mean: number; worst?: number }> = {
  ab: { mean: 0.2, worst: 1 },
  pr: { mean: 0.9 },
  het: { mean: 1 },
};

const shown = (value: number | undefined, digits: number) => (value === undefined ? "-" : value.toFixed(digits));

async function solve(one: Case, dir: string): Promise<Result> {
  const [out, trace] = [path.join(dir, "solution.json"), path.join(dir, "trace.jsonl")];
  const md = one.severalDepots ? ["--md"] : [];
  const more = [...md, ...(values.threads ? ["--threads", values.threads] : []), "--seed", values.seed ?? "1"];
  const script = path.join(root, "scripts/solve-darp/run.mjs");
  const args = [
    script,
    one.file,
    "--seconds",
    values.seconds ?? String(one.seconds),
    "--out",
    out,
    "--trace",
    trace,
    ...more,
  ];
  const solved = JSON.parse((await run(process.execPath, args, { cwd: root })).stdout) as { seconds: number };
  const checked = await run(process.execPath, [path.join(folder, "darp-check.mjs"), one.file, out, "--json", ...md]);
  const { cost, feasible } = JSON.parse(checked.stdout) as { cost: number; feasible: boolean };
  if (!feasible) throw new Error(`${one.name}: the checker refuses the solution`);
  const moments = (await readFile(trace, "utf8"))
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Moment);
  const first = moments.find((moment) => moment.feasible)?.seconds;
  const { best } = one;
  const near = moments.find((moment) => moment.feasible && best !== null && moment.cost <= 1.01 * best)?.seconds;
  const gap = best === null ? null : 100 * (cost / best - 1);
  const figures = [cost.toFixed(2), shown(best ?? undefined, 2), gap === null ? "-" : `${gap.toFixed(2)} %`];
  const times = [shown(first, 1), shown(near, 1), solved.seconds.toFixed(1)];
  console.log(`| ${one.name} | ${[...figures, ...times, shown(loadavg()[0], 1)].join(" | ")} |`);
  return { name: one.name, set: one.set, cost, gap, first, near };
}

/** The slowest of some moments; "never" if one of them did not come. */
function latest(moments: readonly (number | undefined)[]): string {
  const came = moments.filter((moment) => moment !== undefined);
  return came.length < moments.length ? "never for some" : `${Math.max(...came).toFixed(1)} s at the latest`;
}

function summary(results: readonly Result[], set: string): Check[] {
  const known = results.filter((result) => result.set === set && result.gap !== null);
  if (known.length === 0) return [];
  const gaps = known.map(({ gap }) => gap ?? 0);
  const mean = round(gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length, 2);
  const worst = round(Math.max(...gaps), 2);
  const times = `first full plan ${latest(known.map(({ first }) => first))}, within 1 % ${latest(known.map(({ near }) => near))}`;
  console.log(`${set}: mean gap ${mean} %, worst ${worst} % of ${gaps.length}; ${times}`);
  const wanted = WANTED[set];
  if (!wanted) return [];
  const check = (name: string, most: number, seen: number): Check => ({
    name: `${set}: ${name} gap`,
    wanted: `<= ${most} %`,
    seen,
    met: seen <= most,
  });
  return [
    check("mean", wanted.mean, mean),
    ...(wanted.worst === undefined ? [] : [check("worst", wanted.worst, worst)]),
  ];
}

async function benchInstances(cases: readonly Case[]): Promise<{ results: Result[]; checks: Check[] }> {
  const dir = await mkdtemp(path.join(tmpdir(), "bench-darp-"));
  try {
    console.log("| instance | cost | best known | gap | first full plan s | within 1 % s | total s | load |");
    console.log("|---|---|---|---|---|---|---|---|");
    const results: Result[] = [];
    for (const one of cases) results.push(await solve(one, dir));
    const sets = [...new Set(cases.map((one) => one.set))];
    return { results, checks: sets.flatMap((set) => summary(results, set)) };
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

async function main(): Promise<void> {
  const wanted = new RegExp(values.only ?? "");
  const cases = readLibrary(folder).filter(({ name }) => wanted.test(name));
  const { results, checks } = cases.length > 0 ? await benchInstances(cases) : { results: [], checks: [] };
  const [seconds, seed] = [Number(values.seconds ?? DAY_SECONDS), Number(values.seed ?? "1")];
  const threads = values.threads ? Number(values.threads) : undefined;
  const day = wanted.test("day") ? await benchDay(seconds, seed, threads) : null;
  conclude({ results, day: day?.figures ?? null }, [...checks, ...(day?.checks ?? [])]);
}

await main();
