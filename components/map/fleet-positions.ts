import { useEffect, useMemo } from "react";
import type { LivePosition as FeedRow, LivePositions } from "@/components/lib/live-positions";
import type { LivePosition, PositionSource } from "./unit-on-map";

type Feed = Pick<LivePositions, "units" | "version" | "subscribe">;
const none: ReadonlyMap<string, LivePosition> = new Map<string, LivePosition>();

/** The newest known place of each vehicle: what the board was read with, overtaken by the live feed fix by fix. */
export class FleetPositions implements PositionSource {
  private merged: ReadonlyMap<string, LivePosition> | null = null;
  private feedVersion = -1;
  private base = none;
  private readonly places = new WeakMap<FeedRow, LivePosition>();
  private readonly listeners = new Set<() => void>();

  constructor(private readonly feed: Feed | null) {}

  /** Takes the places of a newly read board. */
  setBase(base: ReadonlyMap<string, LivePosition>) {
    this.base = base;
    this.merged = null;
    for (const listener of this.listeners) listener();
  }

  get = (): ReadonlyMap<string, LivePosition> => {
    const version = this.feed?.version() ?? 0;
    if (this.merged && version === this.feedVersion) return this.merged;
    const merged = new Map(this.base);
    for (const [no, row] of this.feed?.units ?? [])
      if (row.takenAtMs >= (merged.get(no)?.takenAtMs ?? 0)) merged.set(no, this.placeOf(row));
    this.merged = merged;
    this.feedVersion = version;
    return merged;
  };

  /** A row of the feed is replaced when its unit moves: until then its place is the same object. */
  private placeOf(row: FeedRow): LivePosition {
    const known = this.places.get(row);
    if (known) return known;
    const { lon, lat, headingDeg, speedMps, takenAtMs } = row;
    const place = { lng: lon, lat, headingDeg, speedMps, takenAtMs };
    this.places.set(row, place);
    return place;
  }

  subscribe = (changed: () => void): (() => void) => {
    this.listeners.add(changed);
    const leave = this.feed?.subscribe(() => changed());
    return () => {
      this.listeners.delete(changed);
      leave?.();
    };
  };
}

/** Positions for map and list, outside React. */
export function useFleetPositions(feed: Feed | null, base: ReadonlyMap<string, LivePosition>): PositionSource {
  const positions = useMemo(() => new FleetPositions(feed), [feed]);
  useEffect(() => positions.setBase(base), [positions, base]);
  return positions;
}
