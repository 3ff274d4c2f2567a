import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { FromLay, LayTask, ToLay } from "./messages";
import type { LayEngine } from "./search-engine";
import { threadEntry } from "./thread-entry";

/** Lays days out, and reads plans back, on a thread of its own: what else this process does goes on meanwhile. */
export const layOnThread: LayEngine = async (day) => {
  const worker = new Worker(threadEntry(), { workerData: { kind: "lay", day } satisfies LayTask });
  const next = async (): Promise<FromLay> => {
    // `once` rejects with the error of a thread that failed; one that ended without a word is a fault too.
    const ended = new AbortController();
    const exit = () => ended.abort(new Error("the thread ended before it answered"));
    worker.once("exit", exit);
    try {
      const [message] = (await once(worker, "message", { signal: ended.signal })) as [FromLay];
      return message;
    } finally {
      worker.off("exit", exit);
    }
  };
  const close = async () => {
    await worker.terminate();
  };
  try {
    const first = await next();
    if (first.kind !== "laid") throw new Error("the thread answered out of turn");
    return {
      ...first.laid,
      read: async (routes) => {
        worker.postMessage({ kind: "read", routes } satisfies ToLay);
        const answer = await next();
        if (answer.kind !== "read") throw new Error("the thread answered out of turn");
        return answer.read;
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
};
