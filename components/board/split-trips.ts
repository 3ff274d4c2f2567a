import type { BoardTrip } from "@/server/domain/trips/board-view";
import { isClosed } from "@/server/domain/trips/vocabulary";

export type SplitTrips = { unassigned: BoardTrip[]; assigned: BoardTrip[]; closed: BoardTrip[] };

/** The panes of the board: nobody has it, somebody has it, it is over. */
export function splitTrips(trips: readonly BoardTrip[]): SplitTrips {
  const panes: SplitTrips = { unassigned: [], assigned: [], closed: [] };
  for (const trip of trips) {
    const pane = isClosed(trip.status) ? "closed" : trip.status === "requested" ? "unassigned" : "assigned";
    panes[pane].push(trip);
  }
  return panes;
}

/** What the counts in the header count, and show alone when pressed. */
export const COUNTS = [
  "emergency",
  "unassigned",
  "late",
  "at_risk",
  "not_acknowledged",
  "will_call",
  "outcome_missing",
] as const;
export type CountName = (typeof COUNTS)[number];
export const COUNT_WORDS: Record<CountName, string> = {
  emergency: "Emergency",
  unassigned: "Unassigned",
  late: "Late",
  at_risk: "At risk",
  not_acknowledged: "Not acknowledged",
  will_call: "Will call ready",
  outcome_missing: "Outcome missing",
};
/** Trouble is red when there is any; the others only count. */
export const IS_TROUBLE: Record<CountName, boolean> = {
  emergency: true,
  unassigned: false,
  late: true,
  at_risk: false,
  not_acknowledged: true,
  will_call: false,
  outcome_missing: false,
};

/** A minute's grace, so that a trip does not flicker at its promise. */
const LATE_S = 60;
export const lateMinutes = ({ latenessS }: Pick<BoardTrip, "latenessS">): number =>
  latenessS !== null && latenessS >= LATE_S ? Math.floor(latenessS / 60) : 0;

const COUNTED: Record<CountName, (trip: BoardTrip) => boolean> = {
  emergency: (trip) => trip.priority === "emergency" && !isClosed(trip.status),
  unassigned: (trip) => trip.status === "requested",
  late: (trip) => lateMinutes(trip) > 0 && !isOnlyAtRisk(trip),
  at_risk: (trip) => trip.exceptions.includes("at_risk"),
  not_acknowledged: (trip) => trip.unit !== null && trip.unit.status === "dispatched" && trip.unit.alarm !== "none",
  will_call: (trip) => trip.timing === "will_call" && trip.readyAt !== null && trip.status === "requested",
  outcome_missing: (trip) => trip.exceptions.includes("outcome_missing"),
};

/** Late by the clock, not only by an estimate that lies ahead: those are at risk. */
export const isOnlyAtRisk = (trip: Pick<BoardTrip, "exceptions">): boolean => trip.exceptions.includes("at_risk");

export const isCounted = (name: CountName, trip: BoardTrip): boolean => COUNTED[name](trip);
export const countTrips = (trips: readonly BoardTrip[]): Record<CountName, number> =>
  Object.fromEntries(COUNTS.map((name) => [name, trips.filter(COUNTED[name]).length])) as Record<CountName, number>;

/** One pane under the filter of a count; null shows all. */
export const filtered = (trips: readonly BoardTrip[], count: CountName | null): readonly BoardTrip[] =>
  count === null ? trips : trips.filter(COUNTED[count]);

/** Emergencies stand above everything, in both panes. */
export const isPinned = (trip: BoardTrip): boolean => trip.priority === "emergency" && !isClosed(trip.status);

/** Every trip of the board by id. */
export const tripsById = (trips: readonly BoardTrip[]): ReadonlyMap<string, BoardTrip> =>
  new Map(trips.map((trip) => [trip.id, trip]));
