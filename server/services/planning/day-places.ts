import type { LngLat } from "@/server/domain/geo/lng-lat";

/** Collects the places of a day; the same point within about a metre is one place. */
export class DayPlaces {
  readonly points: LngLat[] = [];
  private readonly known = new Map<string, number>();

  /** Its row and column in the travel matrix. */
  indexOf(point: LngLat): number {
    const key = `${point.lng.toFixed(5)},${point.lat.toFixed(5)}`;
    const index = this.known.get(key);
    if (index !== undefined) return index;
    this.known.set(key, this.points.length);
    return this.points.push(point) - 1;
  }
}
