import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { binFeatures, type CutTile, TASK_ZOOM } from "./cut-tiles";
import type { Features } from "./feature-store";
import type { TileTask } from "./tile-worker";

/** A thread does not inherit the TypeScript loader, so it registers its own before it reads the worker's source. */
function startWorker(features: Features): Worker {
  const loader = JSON.stringify(import.meta.resolve("tsx/esm/api"));
  const source = JSON.stringify(new URL("./tile-worker.ts", import.meta.url).href);
  const boot = `import { register } from ${loader}; register(); await import(${source});`;
  return new Worker(new URL(`data:text/javascript,${encodeURIComponent(boot)}`), { workerData: features });
}

/** Runs tasks on one thread until none is left. */
function drain(worker: Worker, tasks: TileTask[], out: CutTile[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const next = () => {
      const task = tasks.shift();
      if (task === undefined) {
        worker.terminate().then(() => resolve(), reject);
        return;
      }
      worker.postMessage(task);
    };
    worker.on("message", (tiles: CutTile[]) => {
      out.push(...tiles);
      next();
    });
    worker.on("error", reject);
    next();
  });
}

/** Cuts every tile, on as many threads as the machine has cores (at most four). */
export async function buildTiles(features: Features): Promise<CutTile[]> {
  const all = Array.from({ length: features.count }, (_, id) => id);
  const tops = [...binFeatures(features, TASK_ZOOM, all)].toSorted((a, b) => b[1].length - a[1].length);
  const tasks: TileTask[] = tops.map(([key]) => ({ x: Math.floor(key / 2 ** TASK_ZOOM), y: key % 2 ** TASK_ZOOM }));
  tasks.splice(2, 0, "overview");
  const out: CutTile[] = [];
  const threads = Math.min(4, Math.max(1, availableParallelism()));
  const workers = Array.from({ length: threads }, () => startWorker(features));
  await Promise.all(workers.map((worker) => drain(worker, tasks, out)));
  return out;
}
