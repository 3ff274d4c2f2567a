/** A point of the map that may be drawn alone or counted with its neighbours. */
export type Clusterable = { id: string; lng: number; lat: number; free: boolean; alone: boolean };
export type Cluster = { id: string; lng: number; lat: number; count: number; free: number };

const CELL_PX = 72;
const LEAST = 4;
/** From this zoom on every unit stands for itself. */
export const CLUSTER_BELOW_ZOOM = 11.5;

const worldPx = (zoom: number) => 512 * 2 ** zoom;
const mercatorX = (lng: number) => (lng + 180) / 360;
const mercatorY = (lat: number) => 0.5 - Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) / (2 * Math.PI);

/**
 * Counts crowded busy units into clusters. Available, selected and emergency units (`alone`) are never swallowed:
 * they stay drawn, and a cluster counts the free ones around it, so that it can say "7, 2 free".
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
  const swallowed = new Set<string>();
  const clusters: Cluster[] = [];
  for (const [key, cell] of cells) {
    const members = cell.filter(({ alone }) => !alone);
    if (members.length < LEAST) continue;
    for (const { id } of members) swallowed.add(id);
    const mean = (of: "lng" | "lat") => members.reduce((sum, member) => sum + member[of], 0) / members.length;
    const free = cell.filter((unit) => unit.free).length;
    clusters.push({ id: `cluster:${key}`, lng: mean("lng"), lat: mean("lat"), count: members.length + free, free });
  }
  return { clusters, swallowed };
}

/** "7", or "7, 2 free". */
export const clusterLabel = ({ count, free }: Pick<Cluster, "count" | "free">): string =>
  free > 0 ? `${count}, ${free} free` : String(count);
