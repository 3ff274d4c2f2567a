import "server-only";
import { type LaidDay, layDay, type ReadDay } from "@/server/domain/planning/laid-day";
import type { PlanningDay } from "@/server/domain/planning/types";
import type { Problem } from "@/server/domain/scheduling/problem";
import { Search } from "@/server/domain/scheduling/search";
import { singleton } from "@/server/singleton";
import type { Found } from "./messages";
import { foundBy, searchUntil } from "./search-thread";

/** A search to be made: from these routes on, for so many seconds or until the signal. */
export type SearchRun = {
  problem: Problem;
  seed: number;
  start: number[][];
  seconds: number;
  stop: AbortSignal;
  /** Told of every plan that is better than all before. */
  onBetter: (found: Found) => void;
};
/** Searches for a plan. @returns the best found; null when there was no time for any */
export type SearchEngine = (run: SearchRun) => Promise<Found | null>;

/** Searches in this thread, in slices, so that other work goes on: for processes whose build has no solver threads. */
export const searchHere: SearchEngine = async ({ problem, seed, start, seconds, stop, onBetter }) => {
  const startedAt = Date.now();
  const search = new Search(problem, seed);
  search.adopt(start);
  let told = Number.POSITIVE_INFINITY;
  const tell = () => {
    if (search.best.objective >= told) return;
    told = search.best.objective;
    onBetter(foundBy(search));
  };
  tell();
  await searchUntil(search, { startedAt, endsAt: startedAt + seconds * 1000 }, stop, tell);
  return foundBy(search);
};

/** A day laid out somewhere, which reads back there what a search finds; closed when it is done with. */
export type LaidElsewhere = LaidDay & {
  read: (routes: number[][]) => Promise<ReadDay>;
  close: () => Promise<void>;
};
export type LayEngine = (day: PlanningDay) => Promise<LaidElsewhere>;

/** Lays days out in this thread. */
export const layHere: LayEngine = async (day) => {
  const { read, ...laid } = layDay(day);
  return { ...laid, read: async (routes) => read(routes), close: async () => undefined };
};

/** How a process plans. */
export type Solver = { lay: LayEngine; search: SearchEngine };
const holder = () => singleton<{ solver: Solver }>("solver", () => ({ solver: { lay: layHere, search: searchHere } }));

/** How this process plans. */
export const solver = (): Solver => holder().solver;
/** Has this process plan otherwise: the worker has threads. */
export const setSolver = (one: Solver): void => {
  holder().solver = one;
};
