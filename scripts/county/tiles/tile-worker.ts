import { parentPort, workerData } from "node:worker_threads";
import { binFeatures, type CutTile, MAX_ZOOM, MIN_ZOOM, TASK_ZOOM, TileCutter } from "./cut-tiles";
import type { Features } from "./feature-store";

/** A tile of TASK_ZOOM with everything under it, or all the zooms above. */
export type TileTask = { x: number; y: number } | "overview";

const features = workerData as Features;
const cutter = new TileCutter(features);
const all = Array.from({ length: features.count }, (_, id) => id);
const tops = binFeatures(features, TASK_ZOOM, all);

function overview(): CutTile[] {
  const out: CutTile[] = [];
  for (let z = MIN_ZOOM; z < TASK_ZOOM; z++) {
    const visible = all.filter((id) => (features.table[id * 10 + 2] ?? 0) <= z);
    for (const [key, ids] of binFeatures(features, z, visible)) {
      const tile = cutter.cut(z, Math.floor(key / 2 ** z), key % 2 ** z, ids);
      if (tile) out.push(tile);
    }
  }
  return out;
}

function subtree(z: number, x: number, y: number, ids: readonly number[], out: CutTile[]): void {
  const tile = cutter.cut(z, x, y, ids);
  if (tile) out.push(tile);
  if (z === MAX_ZOOM) return;
  const children = binFeatures(features, z + 1, ids, { x0: x * 2, y0: y * 2, x1: x * 2 + 1, y1: y * 2 + 1 });
  for (const [key, inside] of children) subtree(z + 1, Math.floor(key / 2 ** (z + 1)), key % 2 ** (z + 1), inside, out);
}

parentPort?.on("message", (task: TileTask) => {
  const out: CutTile[] = [];
  if (task === "overview") out.push(...overview());
  else subtree(TASK_ZOOM, task.x, task.y, tops.get(task.x * 2 ** TASK_ZOOM + task.y) ?? [], out);
  parentPort?.postMessage(out);
});
