import { readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { buildProblem } from "@/server/domain/scheduling/build-problem";
import type { Plan } from "@/server/domain/scheduling/plan";
import type { Problem } from "@/server/domain/scheduling/problem";
import { Search } from "@/server/domain/scheduling/search";
import { type Options, readOptions } from "./options";
import { problemOf, readInstance } from "./read-instance";

/** How long the search runs before it looks at the clock and at signals. */
const SLICE_MS = 20;
/** Nothing could be read, or the options make no sense. */
const UNUSABLE = 2;
const NO_PLAN = 3;

const elapsedS = () => performance.now() / 1000;

/** Searches until the time, the iterations or the caller's patience are used up. */
async function solve(search: Search, options: Options, stop: AbortSignal): Promise<void> {
  let slice = 16;
  while (!stop.aborted) {
    const { iterations, seconds } = options;
    const begun = performance.now();
    if (iterations !== null) {
      const left = iterations - search.iterations;
      if (left <= 0) return;
      search.progress = search.iterations / iterations;
      search.run(Math.min(100, left));
    } else {
      search.progress = elapsedS() / (seconds ?? 0);
      if (search.progress >= 1) return;
      search.run(slice);
      const took = performance.now() - begun;
      slice = Math.max(1, Math.min(10_000, Math.round((slice * SLICE_MS) / Math.max(took, 0.5))));
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Routes by vehicle, nodes numbered as in the file. */
const routesOf = (plan: Plan): number[][] =>
  Array.from({ length: plan.problem.m }, (_, k) => plan.nodesOf(k).map((node) => node + 1));

function report(search: Search, options: Options): void {
  const plan = search.best;
  const routes = routesOf(plan);
  const feasible = plan.unserved.length === 0 && plan.problem.impossible.size === 0;
  if (options.out !== null) writeFileSync(options.out, `${JSON.stringify({ routes })}\n`);
  const line = {
    cost: plan.distance,
    routes,
    feasible,
    seconds: Math.round(elapsedS() * 1000) / 1000,
    iterations: search.iterations,
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
  process.exitCode = feasible ? 0 : NO_PLAN;
}

function read(): { options: Options; problem: Problem } | null {
  try {
    const options = readOptions(process.argv.slice(2), availableParallelism());
    const instance = readInstance(readFileSync(options.file, "utf8"));
    return { options, problem: buildProblem(problemOf(instance, options.severalDepots)) };
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    process.stderr.write(`solve-darp: ${text.replaceAll("\n", " ")}\n`);
    process.exitCode = UNUSABLE;
    return null;
  }
}

async function main(): Promise<void> {
  const stop = new AbortController();
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => stop.abort());
  const task = read();
  if (!task) return;
  const search = new Search(task.problem, task.options.seed);
  await solve(search, task.options, stop.signal);
  report(search, task.options);
}

await main();
