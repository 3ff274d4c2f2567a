import "server-only";
import { availableParallelism } from "node:os";
import { describeError, log } from "@/server/log";
import { ParallelSearch } from "./parallel-search";
import type { SearchEngine } from "./search-engine";

/** More threads than this find little more, and each keeps a copy of the day. */
const MAX_THREADS = 8;

/** Searches on all processors of the machine. For processes that are bundled with the solver's thread beside them. */
export const searchOnThreads: SearchEngine = async ({ stop, seconds, ...run }) => {
  const startedAt = Date.now();
  const threads = Math.min(MAX_THREADS, availableParallelism());
  const endsAt = startedAt + seconds * 1000;
  const onFault = (fault: unknown) => log().warn(describeError(fault), "routes are not combined");
  const search = new ParallelSearch({ ...run, threads, startedAt, endsAt, onFault });
  await search.end(stop);
  return search.best;
};
