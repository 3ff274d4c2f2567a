import { useEffect, useMemo } from "react";
import type { LivePositions } from "@/components/lib/live-positions";
import type { LivePosition, PositionSource } from "./unit-on-map";

type Feed = Pick<LivePositions, "units" | "version" | "subscribe">;
const none: ReadonlyMap<string, LivePosition> = new Map<string, LivePosition>();

/** The newest known place of each vehicle: what the board was read with, overtaken by the live feed fix by fix. */
export class FleetPositions implements PositionSource {
  private merged: ReadonlyMap<string, LivePosition> | null = null;
  private feedVersion = -1;
  private base = none;
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
    for (const [no, { lon, lat, headingDeg, speedMps, takenAtMs }] of this.feed?.units ?? [])
      if (takenAtMs >= (merged.get(no)?.takenAtMs ?? 0))
        merged.set(no, { lng: lon, lat, headingDeg, speedMps, takenAtMs });
    this.merged = merged;
    this.feedVersion = version;
    return merged;
  };

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
