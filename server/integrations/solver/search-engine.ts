import "server-only";
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

const holder = () => singleton<{ engine: SearchEngine }>("search-engine", () => ({ engine: searchHere }));

/** How this process searches. */
export const searchEngine = (): SearchEngine => holder().engine;
/** Gives this process another engine: the worker has threads. */
export const setSearchEngine = (engine: SearchEngine): void => {
  holder().engine = engine;
};
