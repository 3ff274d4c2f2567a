import type { XY } from "./geometry";

/** Where the invented county lies: WGS 84 degrees. */
export const CENTRE = { lng: -89.38, lat: 40.62 } as const;
const METRES_PER_DEGREE = 111_195;
const EAST_PER_DEGREE = METRES_PER_DEGREE * Math.cos((CENTRE.lat * Math.PI) / 180);

/** Metres from the centre to WGS 84 degrees, rounded to about a centimetre. */
export const toLngLat = ([x, y]: XY): [number, number] => [
  Math.round((CENTRE.lng + x / EAST_PER_DEGREE) * 1e7) / 1e7,
  Math.round((CENTRE.lat + y / METRES_PER_DEGREE) * 1e7) / 1e7,
];

/** Web Mercator as integers: the whole world is 2^30 units wide, y grows southward (about 4 cm a unit). */
export const WORLD = 2 ** 30;

export function toWorld(p: XY): [number, number] {
  const [lng, lat] = [CENTRE.lng + p[0] / EAST_PER_DEGREE, CENTRE.lat + p[1] / METRES_PER_DEGREE];
  const y = 0.5 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / (2 * Math.PI);
  return [Math.round((lng / 360 + 0.5) * WORLD), Math.round(y * WORLD)];
}
