/** A point on the earth: WGS 84 degrees, longitude first where order matters. */
export type LngLat = { lng: number; lat: number };

const EARTH_RADIUS_M = 6_371_008.8;
const toRadians = (degrees: number) => (degrees * Math.PI) / 180;

/**
 * Great-circle distance: a lower bound on any road distance.
 * @param a - WGS 84 degrees
 * @param b - WGS 84 degrees
 * @returns metres, never negative; within 0.6 % of the ellipsoidal distance
 * @see R. W. Sinnott, "Virtues of the Haversine", Sky & Telescope 68 (1984), p. 159
 */
export function distanceM(a: LngLat, b: LngLat): number {
  const dLat = toRadians(b.lat - a.lat);
  const dLng = toRadians(b.lng - a.lng);
  const h = Math.sin(dLat / 2) ** 2 + Math.cos(toRadians(a.lat)) * Math.cos(toRadians(b.lat)) * Math.sin(dLng / 2) ** 2;
  return 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(h)));
}

/**
 * Initial compass bearing from `a` to `b`.
 * @returns degrees clockwise from north, 0 (inclusive) to 360 (exclusive)
 */
export function bearingDeg(a: LngLat, b: LngLat): number {
  const dLng = toRadians(b.lng - a.lng);
  const y = Math.sin(dLng) * Math.cos(toRadians(b.lat));
  const x =
    Math.cos(toRadians(a.lat)) * Math.sin(toRadians(b.lat)) -
    Math.sin(toRadians(a.lat)) * Math.cos(toRadians(b.lat)) * Math.cos(dLng);
  return ((Math.atan2(y, x) * 180) / Math.PI + 360) % 360;
}
