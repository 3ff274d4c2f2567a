import { latOfY, lngOfX, mercatorX, mercatorY, worldPx } from "./mercator";
import { placePlate } from "./place-plate";

/** A point of the map that may be drawn alone or counted with its neighbours. */
export type Clusterable = { id: string; lng: number; lat: number; free: boolean; alone: boolean; pressing?: boolean };
export type Cluster = { id: string; lng: number; lat: number; count: number; free: number };

const CELL_PX = 72;
const LEAST = 4;
/** From this zoom on every unit stands for itself. */
export const CLUSTER_BELOW_ZOOM = 11.5;

/**
 * Counts crowded busy units into clusters. Available, selected and emergency units (`alone`) are never swallowed:
 * they stay drawn, and a cluster counts the free ones around it, so that it can say "7, 2 free". It lies beside them.
 * @param zoom - of the map; whole steps, so that clusters do not flicker while zooming
 */
export function clusterUnits(
  units: readonly Clusterable[],
  zoom: number,
): { clusters: Cluster[]; swallowed: ReadonlySet<string> } {
  if (zoom >= CLUSTER_BELOW_ZOOM) return { clusters: [], swallowed: new Set() };
  const scale = worldPx(Math.floor(zoom)) / CELL_PX;
  const cells = new Map<string, Clusterable[]>();
  for (const unit of units) {
    const key = `${Math.floor(mercatorX(unit.lng) * scale)}:${Math.floor(mercatorY(unit.lat) * scale)}`;
    const cell = cells.get(key);
    if (cell) cell.push(unit);
    else cells.set(key, [unit]);
  }
  const beside = placer(units, zoom);
  const swallowed = new Set<string>();
  const clusters: Cluster[] = [];
  for (const [key, cell] of cells) {
    const members = cell.filter(({ alone }) => !alone);
    if (members.length < LEAST) continue;
    for (const { id } of members) swallowed.add(id);
    const free = cell.filter((unit) => unit.free).length;
    clusters.push({ id: `cluster:${key}`, ...beside(members), count: members.length + free, free });
  }
  return { clusters, swallowed };
}

/** Puts the plate of a crowd where it hides no mark that stays drawn, if there is room. */
function placer(units: readonly Clusterable[], zoom: number) {
  // Half steps, as the map draws clusters anew.
  const px = worldPx(Math.floor(zoom * 2) / 2);
  const toPixel = ({ lng, lat }: Clusterable) => ({ x: mercatorX(lng) * px, y: mercatorY(lat) * px });
  const marks = units
    .filter(({ alone }) => alone)
    .map((unit) => ({ ...toPixel(unit), pressing: unit.pressing ?? false }));
  return (members: readonly Clusterable[]): { lng: number; lat: number } => {
    const places = members.map(toPixel);
    const mean = (of: "x" | "y") => places.reduce((sum, place) => sum + place[of], 0) / places.length;
    const { x, y } = placePlate({ x: mean("x"), y: mean("y") }, marks);
    return { lng: lngOfX(x / px), lat: latOfY(y / px) };
  };
}

/** "7", or "7, 2 free". */
export const clusterLabel = ({ count, free }: Pick<Cluster, "count" | "free">): string =>
  free > 0 ? `${count}, ${free} free` : String(count);
