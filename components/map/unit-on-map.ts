import type { MarkName } from "@/components/status/status-marks";

/** A unit as map and list show it: what changes when people act. Where it is comes from `PositionSource`. */
export type UnitOnMap = {
  /** Positions are keyed by it. */
  vehicleNo: string;
  vehicleId: string;
  /** Null for a truck that moves without a shift. */
  shiftId: string | null;
  /** The call sign; the truck's number without a shift. */
  label: string;
  mark: MarkName;
  word: string;
  /** Since when it is what its word says. */
  since: Date | null;
  available: boolean;
  onTrip: boolean;
  emergency: boolean;
  /** Minutes behind the promise of its trip, by the clock if it is late already; 0 when on time. */
  lateMin: number;
  /** Only an estimate that lies ahead says so: at risk, not late yet. */
  lateIsEstimate: boolean;
  /** Why it is silent, if known. */
  darkReason: string | null;
};

/** The newest valid fix of a vehicle. Degrees WGS 84, epoch milliseconds; unknown heading and speed are null. */
export type LivePosition = {
  lng: number;
  lat: number;
  headingDeg: number | null;
  speedMps: number | null;
  takenAtMs: number;
};

/** Live positions outside React. `get` answers with the same map until something changed. */
export type PositionSource = {
  get: () => ReadonlyMap<string, LivePosition>;
  subscribe: (changed: () => void) => () => void;
};
