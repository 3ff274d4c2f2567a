import { type AssignmentStatus, CREW_STATUSES, type CrewStatus, type TripKind, type TripStatus } from "./vocabulary";

/** Every status that has a clock on the assignment, in order. */
export const CLOCKED_STATUSES = ["dispatched", ...CREW_STATUSES] as const;
export type ClockedStatus = (typeof CLOCKED_STATUSES)[number];

/** An assignment's clocks (UTC); null = did not happen, or nobody said so. */
export type Clocks = {
  dispatchedAt: Date | null;
  acknowledgedAt: Date | null;
  enRouteAt: Date | null;
  atPickupAt: Date | null;
  loadedAt: Date | null;
  atDropoffAt: Date | null;
  completedAt: Date | null;
};
export type ClockName = keyof Clocks;

export const CLOCK_OF: Record<ClockedStatus, ClockName> = {
  dispatched: "dispatchedAt",
  acknowledged: "acknowledgedAt",
  en_route: "enRouteAt",
  at_pickup: "atPickupAt",
  loaded: "loadedAt",
  at_dropoff: "atDropoffAt",
  completed: "completedAt",
};

export const NO_CLOCKS: Clocks = {
  dispatchedAt: null,
  acknowledgedAt: null,
  enRouteAt: null,
  atPickupAt: null,
  loadedAt: null,
  atDropoffAt: null,
  completedAt: null,
};

/** Where a status stands in the order; -1 when it has no clock. */
export const orderOf = (status: TripStatus | AssignmentStatus): number =>
  (CLOCKED_STATUSES as readonly string[]).indexOf(status);

/** What a trip of this kind goes through: a standby or an assist carries nobody. */
export const statusesOfKind = (kind: TripKind): readonly ClockedStatus[] =>
  kind === "transport" ? CLOCKED_STATUSES : CLOCKED_STATUSES.filter((s) => s !== "loaded" && s !== "at_dropoff");

/** The latest clock that is set before `status`, or null. */
export function clockBefore(clocks: Clocks, status: ClockedStatus): Date | null {
  const earlier = CLOCKED_STATUSES.slice(0, orderOf(status)).map((s) => clocks[CLOCK_OF[s]]);
  return earlier.findLast((at) => at !== null) ?? null;
}

/** The earliest clock that is set after `status`, or null. */
export function clockAfter(clocks: Clocks, status: ClockedStatus): Date | null {
  const later = CLOCKED_STATUSES.slice(orderOf(status) + 1).map((s) => clocks[CLOCK_OF[s]]);
  return later.find((at) => at !== null && at !== undefined) ?? null;
}

/** The furthest status whose clock is set, or null. */
export const reachedStatus = (clocks: Clocks): ClockedStatus | null =>
  CLOCKED_STATUSES.findLast((status) => clocks[CLOCK_OF[status]] !== null) ?? null;

/** Statuses that were passed without a press: their clocks stay empty, and are flagged. */
export function missedStatuses(clocks: Clocks, kind: TripKind = "transport"): CrewStatus[] {
  const reached = reachedStatus(clocks);
  if (reached === null) return [];
  const passed = statusesOfKind(kind).filter((status) => orderOf(status) < orderOf(reached));
  return passed.filter((s): s is CrewStatus => s !== "dispatched" && clocks[CLOCK_OF[s]] === null);
}

/** True when no clock runs backwards. */
export function clocksAscend(clocks: Clocks): boolean {
  const set = CLOCKED_STATUSES.map((s) => clocks[CLOCK_OF[s]]).filter((at) => at !== null);
  return set.every((at, i) => i === 0 || at.getTime() >= (set[i - 1]?.getTime() ?? 0));
}
