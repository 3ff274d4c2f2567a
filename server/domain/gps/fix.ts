/** Why a fix of a good device is not believed. It is kept apart, answered 2xx, and never sent again by the phone. */
export const QUARANTINE_CODES = [
  "out_of_range",
  "null_island",
  "future",
  "too_old",
  "not_a_number",
  "missing_position",
  "bad_time",
  "impossible_jump",
] as const;
export type QuarantineCode = (typeof QUARANTINE_CODES)[number];

/** A coordinate as the client sent it: degrees, or why there is none. */
export type Coordinate = number | "missing" | "not_a_number";

/** What a client said, in our units; `null` is unknown. Nothing is judged yet. */
export type RawFix = {
  lat: Coordinate;
  lon: Coordinate;
  /** UTC; a client that sends no time means now. */
  takenAt: Date | "bad_time";
  accuracyM: number | null;
  speedMps: number | null;
  /** Degrees clockwise from north, 0 (inclusive) to 360 (exclusive). */
  headingDeg: number | null;
  altitudeM: number | null;
  batteryPct: number | null;
  charging: boolean | null;
};

/** A fix that may be believed: WGS 84 degrees, times in UTC. */
export type Fix = Omit<RawFix, "lat" | "lon" | "takenAt"> & {
  lat: number;
  lon: number;
  takenAt: Date;
  receivedAt: Date;
};

/** What a parser makes of one request. An envelope that cannot be read names its fault in words safe to show. */
export type ParsedRequest = { fixes: RawFix[] } | { unreadable: string };

/** What a parser gets: query and form values as sent, a JSON body already parsed (`undefined` when there is none). */
export type IngestInput = { params: URLSearchParams; json: unknown; receivedAt: Date; speedUnit: SpeedUnit | null };

/** The unit of `speed=` on the OsmAnd path differs by app: Traccar's sends knots, OsmAnd's own metres per second. */
export const SPEED_UNITS = ["knots", "mps", "kmh"] as const;
export type SpeedUnit = (typeof SPEED_UNITS)[number];

const MPS_PER: Record<SpeedUnit, number> = { knots: 1852 / 3600, mps: 1, kmh: 1 / 3.6 };

/** @returns metres per second; unknown stays unknown */
export const toMps = (speed: number | null, unit: SpeedUnit): number | null =>
  speed === null ? null : speed * MPS_PER[unit];
