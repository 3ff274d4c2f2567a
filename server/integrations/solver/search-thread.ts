import type { MessagePort } from "node:worker_threads";
import { Search } from "@/server/domain/scheduling/search";
import type { Found, FromSearch, SearchTask, ToSearch } from "./messages";

/** How long a thread searches before it looks at the clock and its messages. */
export const SLICE_MS = 20;

/** The best plan of a search as it is passed on. */
export function foundBy({ best }: Search): Found {
  const routes = Array.from({ length: best.problem.m }, (_, k) => best.nodesOf(k));
  return { objective: best.objective, distance: best.distance, unserved: best.unserved.slice(), routes };
}

/**
 * Searches until a time, in slices, so that messages and signals get through.
 * @param times - milliseconds since the epoch
 * @param afterSlice - called between slices
 */
export async function searchUntil(
  search: Search,
  times: { startedAt: number; endsAt: number },
  stop: AbortSignal,
  afterSlice: () => void = () => undefined,
): Promise<void> {
  let slice = 16;
  while (!stop.aborted) {
    const begun = performance.now();
    search.progress = (Date.now() - times.startedAt) / (times.endsAt - times.startedAt);
    if (search.progress >= 1) return;
    search.run(slice);
    const tookMs = Math.max(performance.now() - begun, 0.5);
    slice = Math.max(1, Math.min(10_000, Math.round((slice * SLICE_MS) / tookMs)));
    afterSlice();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** The life of a search thread: tells every better plan, goes on from the plans it is given, ends when told or in time. */
export async function runSearchThread(task: SearchTask, port: MessagePort): Promise<void> {
  const search = new Search(task.problem, task.seed);
  const stop = new AbortController();
  const tell = (message: FromSearch) => port.postMessage(message);
  let told = Number.POSITIVE_INFINITY;
  const tellBetter = () => {
    const { objective } = search.best;
    if (objective >= told) return;
    told = objective;
    tell({ kind: "found", found: foundBy(search), iterations: search.iterations });
  };
  port.on("message", (message: ToSearch) => {
    if (message.kind === "stop") stop.abort();
    else {
      told = Math.min(told, message.found.objective);
      search.adopt(message.found.routes);
    }
  });
  tellBetter();
  await searchUntil(search, task, stop.signal, tellBetter);
  tell({ kind: "ended", found: foundBy(search), iterations: search.iterations });
  port.close();
}
