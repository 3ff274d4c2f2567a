import type { MessagePort } from "node:worker_threads";
import type { Plan } from "@/server/domain/scheduling/plan";
import { RouteLog } from "@/server/domain/scheduling/route-log";
import { Search } from "@/server/domain/scheduling/search";
import type { Found, FromSearch, SearchTask, ToSearch } from "./messages";

/** How long a thread searches before it looks at the clock and its messages. */
export const SLICE_MS = 20;

/** A plan as it is passed on. */
export function foundIn(plan: Plan): Found {
  const routes = Array.from({ length: plan.problem.m }, (_, k) => plan.nodesOf(k));
  const { objective, distance, unserved } = plan;
  return { objective, distance, unserved: unserved.slice(), routes, routeCosts: [...plan.routeCost] };
}

/** How often the routes that were come by are passed on. */
const FLUSH_MS = 300;

/** The best plan of a search as it is passed on. */
export const foundBy = ({ best }: Search): Found => foundIn(best);

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
  const log = task.logged ? new RouteLog(task.problem) : null;
  const search = new Search(task.problem, task.seed, log);
  if (task.start) search.adopt(task.start);
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
  let flushed = Date.now();
  const afterSlice = () => {
    tellBetter();
    if (log === null || Date.now() - flushed < FLUSH_MS) return;
    flushed = Date.now();
    const routes = log.take();
    if (routes) port.postMessage({ kind: "routes", routes } satisfies FromSearch, [routes.buffer as ArrayBuffer]);
  };
  tellBetter();
  await searchUntil(search, task, stop.signal, afterSlice);
  tell({ kind: "ended", found: foundBy(search), iterations: search.iterations });
  port.close();
}
