import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { isMainThread, parentPort, workerData } from "node:worker_threads";
import { buildProblem } from "@/server/domain/scheduling/build-problem";
import type { Problem } from "@/server/domain/scheduling/problem";
import { Search } from "@/server/domain/scheduling/search";
import type { Found } from "@/server/integrations/solver/messages";
import { ParallelSearch } from "@/server/integrations/solver/parallel-search";
import { runSolverThread } from "@/server/integrations/solver/run-solver-thread";
import { foundBy, searchUntil } from "@/server/integrations/solver/search-thread";
import { type Options, readOptions } from "./options";
import { problemOf, readInstance } from "./read-instance";

/** Nothing could be read, or the options make no sense. */
const UNUSABLE = 2;
const NO_PLAN = 3;
const FAILED = 1;

type Outcome = { found: Found; iterations: number };

const elapsedS = () => performance.now() / 1000;

/** A number of iterations on one thread: the same plan for the same seed. */
async function solveBySteps(search: Search, iterations: number, stop: AbortSignal): Promise<Outcome> {
  while (search.iterations < iterations && !stop.aborted) {
    search.progress = search.iterations / iterations;
    search.run(Math.min(100, iterations - search.iterations));
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { found: foundBy(search), iterations: search.iterations };
}

/** Keeps when each better plan was found, if that is asked for. */
function tracer({ trace }: Options): (found: Found) => void {
  if (trace === null) return () => undefined;
  writeFileSync(trace, "");
  return ({ distance, unserved }) => {
    const line = { seconds: elapsedS(), cost: distance, feasible: unserved.length === 0 };
    appendFileSync(trace, `${JSON.stringify(line)}\n`);
  };
}

/** As long as is asked for, counted from the start of this process. */
async function solve(problem: Problem, options: Options, stop: AbortSignal): Promise<Outcome> {
  const { seed, threads, seconds, iterations } = options;
  if (iterations !== null) return solveBySteps(new Search(problem, seed), iterations, stop);
  const startedAt = performance.timeOrigin;
  const times = { startedAt, endsAt: startedAt + 1000 * (seconds ?? 0) };
  if (threads > 1 || options.trace !== null) {
    const search = new ParallelSearch({
      entry: fileURLToPath(import.meta.url),
      problem,
      seed,
      threads,
      ...times,
      onBetter: tracer(options),
      onFault: (fault) => process.stderr.write(`solve-darp: routes are not combined: ${lineOf(fault)}\n`),
    });
    await search.end(stop);
    if (search.best) return { found: search.best, iterations: search.iterations };
  }
  const search = new Search(problem, seed);
  await searchUntil(search, times, stop);
  return { found: foundBy(search), iterations: search.iterations };
}

function report({ found, iterations }: Outcome, problem: Problem, options: Options): void {
  const routes = found.routes.map((nodes) => nodes.map((node) => node + 1));
  const feasible = found.unserved.length === 0 && problem.impossible.size === 0;
  if (options.out !== null) writeFileSync(options.out, `${JSON.stringify({ routes })}\n`);
  const seconds = Math.round(elapsedS() * 1000) / 1000;
  process.stdout.write(`${JSON.stringify({ cost: found.distance, routes, feasible, seconds, iterations })}\n`);
  process.exitCode = feasible ? 0 : NO_PLAN;
}

/** What an error says, in one line. */
const lineOf = (error: unknown) => (error instanceof Error ? error.message : String(error)).replaceAll("\n", " ");

function complain(error: unknown, exitCode: number): null {
  process.stderr.write(`solve-darp: ${lineOf(error)}\n`);
  process.exitCode = exitCode;
  return null;
}

function read(): { options: Options; problem: Problem } | null {
  try {
    const options = readOptions(process.argv.slice(2), availableParallelism());
    const instance = readInstance(readFileSync(options.file, "utf8"));
    return { options, problem: buildProblem(problemOf(instance, options.severalDepots)) };
  } catch (error) {
    return complain(error, UNUSABLE);
  }
}

/** Reads the command line, solves and prints one line. @param stop - when it fires, the best plan so far is printed */
export async function solveDarp(stop: AbortSignal): Promise<void> {
  const task = read();
  if (!task) return;
  try {
    report(await solve(task.problem, task.options, stop), task.problem, task.options);
  } catch (error) {
    complain(error, FAILED);
  }
}

// The same file is what its threads run.
if (!isMainThread && parentPort) await runSolverThread(workerData, parentPort);
