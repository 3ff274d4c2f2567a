import type { Places } from "@/server/domain/fleet/vocabulary";
import type { Level, Priority, StopKind } from "@/server/domain/trips/vocabulary";
import type { Weights } from "./weights";

export type { Weights } from "./weights";

/** Seconds since `PlanningDay.originAt`: elapsed time, so that midnight and clock changes are no matter here. */
export type Seconds = number;
/** Row and column of a place in the travel matrix. */
export type PlaceIndex = number;

/** One end of a trip. `earliestS` and `latestS` are the promised window of the beginning of service. */
export type TripEnd = { placeIndex: PlaceIndex; earliestS: Seconds; latestS: Seconds; serviceS: number };

/** A trip to plan. Holds no patient data: `ref` is the trip number that people see. */
export type PlanningTrip = {
  id: string;
  ref: string;
  priority: Priority;
  level: Level;
  riders: Places;
  companions: Places;
  pickup: TripEnd;
  /** Null while a call has no destination, and where nobody is driven. */
  dropoff: TripEnd | null;
  /** From the end of service at the pickup to the beginning of service at the drop-off; null = no limit. */
  maxRideS: number | null;
  /** A will-call return: not planned before its rider is ready. */
  willCall: boolean;
  /** When the rider was or will be ready; nothing is planned before. Null = not known (a will-call then waits). */
  readyAtS: Seconds | null;
  /** May other riders be aboard with this one? By the rules of the agency and of the rider. */
  shareable: boolean;
  /** Trips aboard at once that its rider bears, this one counted; null = no matter. */
  mostAboard: number | null;
  preferredCrewIds: readonly string[];
  refusedCrewIds: readonly string[];
  /** Units that may not have it for other reasons (credentials, dispatcher's decision), with the reason's code. */
  blockedUnits: readonly { unitId: string; code: string }[];
  /** The unit that has it now; null = none. */
  currentUnitId: string | null;
  /** Stays on `currentUnitId` (told to the crew, or locked by a dispatcher). */
  locked: boolean;
  /** The rider is in the vehicle of `currentUnitId`: only the drop-off is left. */
  aboard: boolean;
  /** When the ride began, if `aboard`. */
  loadedAtS: Seconds | null;
};

/** A stop of a manifest that is not left yet, in the order of the manifest. */
export type PlanningStop = {
  /** Id of the stop as stored; null in a proposal that adds it. */
  id: string | null;
  kind: StopKind;
  tripId: string | null;
  /** Null = wherever the unit is. */
  placeIndex: PlaceIndex | null;
  plannedS: Seconds | null;
  serviceS: number;
  /** Reached, on the way to, or locked: it and everything before it stays as it is. */
  fixed: boolean;
  /** When the unit reached it, if it is there now: service goes on from then. */
  arrivedAtS: Seconds | null;
};

/** A break that a unit must have. */
export type PlanningBreak = {
  id: string;
  earliestS: Seconds;
  latestS: Seconds;
  durationS: number;
  /** Null = wherever the unit is then. */
  placeIndex: PlaceIndex | null;
};

/** A shift to plan for, as far as it is not over. */
export type PlanningUnit = {
  /** Id of the shift. */
  id: string;
  callSign: string;
  manifestVersion: number;
  /** Where and when it is free to be moved: its base at the start of the shift, or its position now. */
  startPlaceIndex: PlaceIndex;
  availableS: Seconds;
  endPlaceIndex: PlaceIndex;
  shiftStartS: Seconds;
  shiftEndS: Seconds;
  /** Longest time on the road, from leaving the start to reaching the end; null = no limit. */
  maxRouteS: number | null;
  /** Has signed on: it has to come home even if nothing is planned for it. */
  onRoad: boolean;
  /** Ways the vehicle can be set up, at least one; not rearranged with riders aboard. */
  configurations: readonly Places[];
  levels: readonly Level[];
  /** Counts towards the reserve of its zone while nothing is planned for it. */
  emergencyCapable: boolean;
  crewIds: readonly string[];
  breaks: readonly PlanningBreak[];
  /** The manifest from its first stop that is not left; riders aboard have their drop-off here. */
  stops: readonly PlanningStop[];
};

/**
 * Travel between places for departures from `fromS` until the next band begins; row by row, `size * size` cells. A cell
 * that is null, no number, negative or infinite cannot be driven.
 */
export type TravelBand = {
  fromS: Seconds;
  durationsS: ArrayLike<number | null>;
  distancesM: ArrayLike<number | null>;
};
export type PlanningTravel = { size: number; bands: readonly TravelBand[] };

/** How many emergency-capable units should be left free among those that start in one of these places. */
export type ReserveZone = { id: string; name: string; placeIndexes: readonly PlaceIndex[]; units: number };

/** Everything a plan is made from: plain data. Moments are seconds since `originAt`. */
export type PlanningDay = {
  /** A fixed moment in UTC, such as the beginning of the agency's day. */
  originAt: string;
  /** IANA name; for sentences only. */
  timeZone: string;
  nowS: Seconds;
  trips: readonly PlanningTrip[];
  units: readonly PlanningUnit[];
  travel: PlanningTravel;
  /** Groups of trips that go on one unit or not at all. */
  keepTogether: readonly (readonly string[])[];
  /** Pairs of trips whose riders are never aboard together. */
  keepApart: readonly (readonly [string, string])[];
  /** Most trips aboard at once, in any vehicle; null = as many as have a place. */
  mostAboard: number | null;
  reserve: readonly ReserveZone[];
  weights: Weights;
};

/** A stop as planned. */
export type PlannedStop = {
  stopId: string | null;
  kind: StopKind;
  tripId: string | null;
  breakId: string | null;
  placeIndex: PlaceIndex;
  fixed: boolean;
  arriveS: Seconds;
  /** Beginning of service; later than `arriveS` when the unit has to wait. */
  beginS: Seconds;
  departS: Seconds;
  /** Riders aboard on leaving. */
  load: Places;
  /** From the stop before (or the start). */
  driveS: number;
  driveM: number;
  /** Seconds after the promised window. */
  lateS: number;
};

/** What one unit does. */
export type UnitPlan = {
  unitId: string;
  callSign: string;
  manifestVersion: number;
  /** When it has to leave its start, and when it is at its end; both `availableS` when it stays. */
  leaveS: Seconds;
  endS: Seconds;
  /** The way home after the last stop. */
  homeS: number;
  homeM: number;
  stops: PlannedStop[];
  totals: PlanTotals;
};

/** A planned trip. */
export type PlacedTrip = {
  tripId: string;
  unitId: string;
  pickupS: Seconds;
  dropoffS: Seconds;
  rideS: number;
  lateS: number;
  /**
   * How much later it could be served with its promises kept, in seconds; less where the rest of the route could not wait
   * that long. A trip that is planned to be late has none.
   */
  slackS: number;
  /** What the plan would save without it (points, metres). */
  costPoints: number;
  addedM: number;
  /** Chance that its pickup or drop-off is late, 0 to 1; null = not simulated. */
  lateProbability: number | null;
};

/** A trip that is in no route, with every reason. */
export type UnservedTrip = { tripId: string; explanation: Explanation };

export type PlanTotals = {
  distanceM: number;
  /** Driven with nobody aboard. */
  deadheadM: number;
  drivingMinutes: number;
  lateMinutes: number;
  rideMinutes: number;
  overtimeMinutes: number;
  /** Points by the weights; without a penalty for trips left out. */
  costPoints: number;
  trips: number;
  unitsUsed: number;
};

/** A break that could not be planned. */
export type MissedBreak = { unitId: string; breakId: string; code: "no_time" };

/** A plan of a day: what each unit does, what is left out and why. Nothing in it is applied. */
export type DayPlan = {
  units: UnitPlan[];
  trips: PlacedTrip[];
  unserved: UnservedTrip[];
  missedBreaks: MissedBreak[];
  reserve: { zoneId: string; name: string; wanted: number; free: number }[];
  /** Faults of the input that concern no single trip. */
  faults: DayFault[];
  totals: PlanTotals;
};

export type DayFault = {
  code: "unit_unusable" | "travel_unusable" | "no_units";
  unitId: string | null;
  detail: string;
};

/** A change of one trip. */
export type TripChange = {
  tripId: string;
  change: "added" | "moved" | "removed" | "retimed";
  fromUnitId: string | null;
  toUnitId: string | null;
  fromPickupS: Seconds | null;
  toPickupS: Seconds | null;
};
export type UnitDiff = {
  unitId: string;
  callSign: string;
  added: number;
  removed: number;
  retimed: number;
  before: PlanTotals;
  after: PlanTotals;
};
/** What a plan changes in the manifests as they are. */
export type PlanDiff = {
  trips: TripChange[];
  units: UnitDiff[];
  added: number;
  moved: number;
  removed: number;
  retimed: number;
  before: PlanTotals;
  after: PlanTotals;
};

/** What stops a trip from going on a unit, or at all. Numbers are seconds and counts; rendered by `explain-text.ts`. */
export type Obstacle =
  | { code: "input"; detail: string }
  | { code: "no_units" }
  | { code: "will_call_waiting" }
  | { code: "unreachable" }
  | { code: "windows_exclude" }
  | { code: "level"; level: Level }
  | { code: "crew_refused" }
  | { code: "blocked"; reason: string }
  | { code: "locked_elsewhere" }
  | { code: "together"; refs: string[] }
  | { code: "apart"; ref: string }
  | { code: "never_fits"; kind: keyof Places }
  | { code: "no_place"; kind: keyof Places; fromS: Seconds; toS: Seconds }
  | { code: "not_shared"; fromS: Seconds; toS: Seconds }
  | { code: "crowded"; ref: string; most: number }
  | { code: "own_window"; end: "pickup" | "dropoff"; byS: number }
  | { code: "own_ride"; byS: number }
  | { code: "other_window"; ref: string; end: "pickup" | "dropoff"; byS: number }
  | { code: "other_ride"; ref: string; byS: number }
  | { code: "break"; byS: number }
  | { code: "shift_end"; byS: number }
  | { code: "route_limit"; byS: number }
  | { code: "not_searched" };

/** The best that a unit could do for a trip if one rule were no matter. */
export type NearMiss = {
  unitId: string;
  callSign: string;
  /** How much longer its route gets. */
  detourS: number;
  detourM: number;
  obstacles: Obstacle[];
};

/** Why a trip is in no route. `obstacles` concern every unit; `closest` are the cheapest ways first. */
export type Explanation = { obstacles: Obstacle[]; closest: NearMiss[]; units: number };

/** One way to take another trip into a plan. */
export type WorkInOption = {
  unitId: string;
  callSign: string;
  /** Places in the unit's stops (as planned) after which pickup and drop-off go; -1 = first. */
  afterStop: number;
  dropAfterStop: number;
  detourS: number;
  detourM: number;
  costPoints: number;
  /** The promise that can be given: earliest and latest beginning of the pickup. */
  earliestPickupS: Seconds;
  latestPickupS: Seconds;
  earliestDropoffS: Seconds;
};
export type WorkInQuote = {
  tripId: string;
  /** Cheapest first. */
  options: WorkInOption[];
  rejected: NearMiss[];
  obstacles: Obstacle[];
};
