import { BEAK_CELL } from "./mark-images";
import { mercatorX, mercatorY } from "./mercator";
import type { UnitFeature } from "./to-feature-collection";

/** Of a mark or a beak: x, y, cell of the picture, degrees clockwise. */
export const NUMBERS = 4;
/** As the labels': the least pressing first. */
const RANKS = [3, 2, 1, 0];

/**
 * Marks as a graphics card takes them: first all beaks, then all marks, the more pressing on top.
 * Places are parts of the world's square, from an origin among them: so near to it, short numbers are exact enough.
 */
export type MarkPlaces = {
  places: Float32Array<ArrayBuffer>;
  beaks: number;
  /** Vehicles of the marks, lowest first. */
  ids: readonly string[];
  origin: { x: number; y: number };
};

export const noMarks: MarkPlaces = { places: new Float32Array(0), beaks: 0, ids: [], origin: { x: 0, y: 0 } };

/** @param cellOf - where the picture holds a unit's icon */
export function placeMarks(features: readonly UnitFeature[], cellOf: ReadonlyMap<string, number>): MarkPlaces {
  const units = features.filter(({ properties }) => properties.kind === "unit");
  const [lng = 0, lat = 0] = units[0]?.geometry.coordinates ?? [];
  const origin = { x: mercatorX(lng), y: mercatorY(lat) };
  const beaked = units.filter(({ properties }) => properties.beaked);
  const marked = RANKS.flatMap((rank) => units.filter(({ properties }) => properties.rank === rank));
  const places = new Float32Array((beaked.length + marked.length) * NUMBERS);
  const put = (n: number, { geometry }: UnitFeature, cell: number, turn: number) => {
    const [eastDeg = 0, northDeg = 0] = geometry.coordinates;
    const at = n * NUMBERS;
    places[at] = mercatorX(eastDeg) - origin.x;
    places[at + 1] = mercatorY(northDeg) - origin.y;
    places[at + 2] = cell;
    places[at + 3] = turn;
  };
  for (const [n, unit] of beaked.entries()) put(n, unit, BEAK_CELL, unit.properties.beak);
  for (const [n, unit] of marked.entries()) {
    const { icon, turn } = unit.properties;
    put(beaked.length + n, unit, cellOf.get(icon) ?? BEAK_CELL, turn);
  }
  return { places, beaks: beaked.length, ids: marked.map(({ properties }) => properties.id), origin };
}

/**
 * The vehicle whose mark lies topmost at a place.
 * @param at - parts of the world's square, from the origin of the marks @param reach - how far a mark reaches, likewise
 */
export function markAt({ places, beaks, ids }: MarkPlaces, at: { x: number; y: number }, reach: number): string | null {
  for (let n = ids.length - 1; n >= 0; n--) {
    const from = (beaks + n) * NUMBERS;
    const [dx, dy] = [(places[from] ?? 0) - at.x, (places[from + 1] ?? 0) - at.y];
    if (dx * dx + dy * dy <= reach * reach) return ids[n] ?? null;
  }
  return null;
}
