import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { loadavg, tmpdir } from "node:os";
import path from "node:path";
import { parseArgs, promisify } from "node:util";
import { type Case, readLibrary } from "./darp-library";

// `npm run bench:darp [-- --only REGEX] [--seconds N] [--seed S] [--threads T]`: solves the published instances and lets
// their checker judge. Without --seconds each set gets the time that its target is set for.
const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, "../..");
const text = { type: "string" as const };
const { values } = parseArgs({ options: { only: text, seconds: text, seed: text, threads: text } });
const folder = path.join(process.env.RUNBOARD_SHARED ?? path.resolve(root, "../shared"), "darp");

type Moment = { seconds: number; cost: number; feasible: boolean };
type Result = { set: string; gap: number | null; first: number | undefined; near: number | undefined };

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
  return { set: one.set, gap, first, near };
}

/** The slowest of some moments; "never" if one of them did not come. */
function latest(moments: readonly (number | undefined)[]): string {
  const came = moments.filter((moment) => moment !== undefined);
  return came.length < moments.length ? "never for some" : `${Math.max(...came).toFixed(1)} s at the latest`;
}

function summary(results: readonly Result[], set: string): void {
  const known = results.filter((result) => result.set === set && result.gap !== null);
  if (known.length === 0) return;
  const gaps = known.map(({ gap }) => gap ?? 0);
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
  const figures = `mean gap ${mean.toFixed(2)} %, worst ${Math.max(...gaps).toFixed(2)} % of ${gaps.length}`;
  const times = `first full plan ${latest(known.map(({ first }) => first))}, within 1 % ${latest(known.map(({ near }) => near))}`;
  console.log(`${set}: ${figures}; ${times}`);
}

async function main(): Promise<void> {
  const wanted = new RegExp(values.only ?? "");
  const cases = readLibrary(folder).filter(({ name }) => wanted.test(name));
  const dir = await mkdtemp(path.join(tmpdir(), "bench-darp-"));
  try {
    console.log("| instance | cost | best known | gap | first full plan s | within 1 % s | total s | load |");
    console.log("|---|---|---|---|---|---|---|---|");
    const results: Result[] = [];
    for (const one of cases) results.push(await solve(one, dir));
    for (const set of new Set(cases.map((one) => one.set))) summary(results, set);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

await main();
