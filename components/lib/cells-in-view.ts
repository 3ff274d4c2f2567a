import { cellToLatLng, polygonToCells } from "h3-js";
import { ALL_CELLS } from "@/server/realtime/channels";

/** WGS 84 degrees. */
export type Bounds = { west: number; south: number; east: number; north: number };

/** A connection follows at most this many position channels. */
const MAX_CELLS = 350;
/** A cell counts by its centre: a view is widened by more than a cell's radius (about 0.04 degrees at resolution 6). */
const MARGIN_DEG = 0.06;
/** Far more than MAX_CELLS cells: not worth counting. */
const MAX_AREA_DEG2 = 4;

/** The cells that cover a view, or null when it is too wide to follow each of them. */
export function cellsCovering({ west, south, east, north }: Bounds, res: number): string[] | null {
  const [w, s, e, n] = [west - MARGIN_DEG, south - MARGIN_DEG, east + MARGIN_DEG, north + MARGIN_DEG];
  if ((e - w) * (n - s) > MAX_AREA_DEG2) return null;
  const ring = [
    [s, w],
    [s, e],
    [n, e],
    [n, w],
  ];
  const cells = polygonToCells(ring, res);
  return cells.length > MAX_CELLS ? null : cells.sort();
}

/**
 * The cells to follow for a view: all that cover it, or, in a wide view, those of them that have units.
 * @param occupied - cells with units, as far as they are known
 */
export function cellsInView(
  settings: { cells: "all" | "h3"; res: number },
  bounds: Bounds | undefined,
  occupied: readonly string[],
): string[] {
  if (settings.cells === "all") return [ALL_CELLS];
  if (!bounds) return [];
  const covering = cellsCovering(bounds, settings.res);
  if (covering) return covering;
  const isInView = (cell: string) => {
    const [lat, lon] = cellToLatLng(cell);
    return (
      lat >= bounds.south - MARGIN_DEG &&
      lat <= bounds.north + MARGIN_DEG &&
      lon >= bounds.west - MARGIN_DEG &&
      lon <= bounds.east + MARGIN_DEG
    );
  };
  return occupied.filter(isInView).slice(0, MAX_CELLS).sort();
}
