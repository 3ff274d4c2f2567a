/** The web's map of the world as a square of side 1: x to the east, y to the south. WGS 84 degrees. */
export const mercatorX = (lng: number): number => (lng + 180) / 360;
export const mercatorY = (lat: number): number =>
  0.5 - Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) / (2 * Math.PI);
export const lngOfX = (x: number): number => x * 360 - 180;
export const latOfY = (y: number): number => (Math.atan(Math.exp((0.5 - y) * 2 * Math.PI)) * 360) / Math.PI - 90;

/** Side of that square at a zoom, in CSS pixels. */
export const worldPx = (zoom: number): number => 512 * 2 ** zoom;
