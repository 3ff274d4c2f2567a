import type { NewPlanTrip, NewPlanUnit, PlanRow } from "@/db/queries/planning";
import type { PlanningStopRow, PlanningTripRow } from "@/db/queries/planning-day";
import type { DayPlan, PlanDiff, PlanningDay, UnitPlan } from "@/server/domain/planning/types";
import { figuresOf } from "@/server/domain/plans/figures";
import type { StoredStop } from "@/server/domain/plans/stored";
import type { PlanChange } from "@/server/domain/plans/vocabulary";
import { parseUnitId } from "@/server/domain/plans/what-if";
import { newId } from "@/server/ids";
import type { DayRows } from "./read-day";

/** @param without - what a question is set against: the plan found without it; null = the manifests */
export type Proposal = { day: PlanningDay; plan: DayPlan; diff: PlanDiff; without: DayPlan | null };

const momentIn = (day: PlanningDay, s: number): Date => new Date(Date.parse(day.originAt) + Math.round(s * 1000));

/** @param now - the unit's manifest: a break that stands there already keeps its stop */
function storedStops(day: PlanningDay, unit: UnitPlan, now: readonly PlanningStopRow[]): StoredStop[] {
  const stopOf = new Map(now.flatMap((stop) => (stop.breakId === null ? [] : [[stop.breakId, stop.id]])));
  return unit.stops.map(({ kind, tripId, stopId, breakId, fixed, beginS }) => ({
    kind,
    tripId,
    stopId: stopId ?? (breakId === null ? null : (stopOf.get(breakId) ?? null)),
    ...(breakId !== null && { breakId }),
    fixed,
    at: momentIn(day, beginS).toISOString(),
  }));
}

/** What each unit of the day would do, and each that a question adds. */
export function unitRows(
  { agencyId, id: planId }: PlanRow,
  rows: DayRows,
  { day, plan, diff }: Proposal,
): NewPlanUnit[] {
  const known = new Set(rows.units.map(({ shift }) => shift.id));
  const diffOf = new Map(diff.units.map((unit) => [unit.unitId, unit]));
  return plan.units
    .map((unit) => ({ ...unit, of: parseUnitId(unit.unitId) }))
    .filter(({ of }) => known.has(of.shiftId))
    .map((unit) => ({
      agencyId,
      id: newId(),
      planId,
      ...unit.of,
      callSign: unit.callSign,
      manifestVersion: unit.manifestVersion,
      stops: storedStops(day, unit, rows.stopsOf.get(unit.unitId) ?? []),
      before: figuresOf(diffOf.get(unit.unitId)?.before ?? unit.totals),
      after: figuresOf(unit.totals),
    }));
}

type Found = {
  /** Trips that stay as they are: told to the crew, or locked. */
  locked: Set<string>;
  placed: Map<string, DayPlan["trips"][number]>;
  unserved: Map<string, DayPlan["unserved"][number]>;
  changes: Map<string, PlanDiff["trips"][number]>;
};

function changeOf({ trip }: PlanningTripRow, { shiftId }: Before, found: Found): PlanChange {
  const change = found.changes.get(trip.id)?.change;
  const waits = trip.timing === "will_call" && trip.readyAt === null;
  // A will-call that is held for a unit stays so until its rider is ready.
  if (change === "removed" && waits) return "kept";
  if (change === "retimed" && found.locked.has(trip.id)) return "kept";
  // Held for a unit that is not in the plan any more: the planner knows of no unit before.
  if (change === "added" && shiftId !== null) return "moved";
  if (change !== undefined) return change;
  if (found.placed.has(trip.id)) return "kept";
  return shiftId === null ? "unserved" : waits ? "kept" : "removed";
}

/** What the plan does with each trip of the day, and why. */
export function tripRows(
  { agencyId, id: planId }: PlanRow,
  rows: DayRows,
  { day, plan, diff, without }: Proposal,
): NewPlanTrip[] {
  const found: Found = {
    locked: new Set(day.trips.filter((trip) => trip.locked).map(({ id }) => id)),
    placed: new Map(plan.trips.map((trip) => [trip.tripId, trip])),
    unserved: new Map(plan.unserved.map((trip) => [trip.tripId, trip])),
    changes: new Map(diff.trips.map((trip) => [trip.tripId, trip])),
  };
  const inDay = new Set(day.trips.map(({ id }) => id));
  const beforeOf = without === null ? onManifests(rows) : inPlan(day, without);
  return rows.trips
    .filter(({ trip }) => inDay.has(trip.id))
    .map((row) => {
      const placed = found.placed.get(row.trip.id);
      const to = placed && parseUnitId(placed.unitId);
      const before = beforeOf(row);
      return {
        agencyId,
        id: newId(),
        planId,
        tripId: row.trip.id,
        tripVersion: row.trip.version,
        change: changeOf(row, before, found),
        fromShiftId: before.shiftId,
        toShiftId: to?.shiftId ?? null,
        toExtra: to?.extra ?? 0,
        pickupAt: placed ? momentIn(day, placed.pickupS) : null,
        dropoffAt: placed ? momentIn(day, placed.dropoffS) : null,
        pickupWasAt: before.pickupAt,
        dropoffWasAt: before.dropoffAt,
        lateS: placed?.lateS ?? null,
        slackS: placed && Number.isFinite(placed.slackS) ? placed.slackS : null,
        cost: placed?.costPoints ?? null,
        lateProbability: placed?.lateProbability ?? null,
        why: found.unserved.get(row.trip.id)?.explanation ?? null,
      };
    });
}

/** Where and when a trip would be served otherwise. */
type Before = { shiftId: string | null; pickupAt: Date | null; dropoffAt: Date | null };

function onManifests(rows: DayRows): (row: PlanningTripRow) => Before {
  const stopsOf = stopsByTrip(rows);
  return ({ trip, assignment }) => {
    const stops = stopsOf.get(trip.id) ?? [];
    return {
      shiftId: assignment?.shiftId ?? null,
      pickupAt: timeOf(stops, "pickup"),
      dropoffAt: timeOf(stops, "dropoff"),
    };
  };
}

function inPlan(day: PlanningDay, { trips }: DayPlan): (row: PlanningTripRow) => Before {
  const placed = new Map(trips.map((trip) => [trip.tripId, trip]));
  return ({ trip }) => {
    const there = placed.get(trip.id);
    return {
      // Without the question there are no units but those of shifts.
      shiftId: there?.unitId ?? null,
      pickupAt: there ? momentIn(day, there.pickupS) : null,
      dropoffAt: there ? momentIn(day, there.dropoffS) : null,
    };
  };
}

function stopsByTrip({ stopsOf }: DayRows): Map<string, PlanningStopRow[]> {
  const byTrip = new Map<string, PlanningStopRow[]>();
  for (const stop of [...stopsOf.values()].flat()) {
    if (stop.tripId !== null) byTrip.set(stop.tripId, [...(byTrip.get(stop.tripId) ?? []), stop]);
  }
  return byTrip;
}

function timeOf(stops: readonly PlanningStopRow[], kind: "pickup" | "dropoff"): Date | null {
  const stop = stops.find((one) => one.kind === kind);
  return stop ? (stop.arrivedAt ?? stop.etaAt ?? stop.plannedAt) : null;
}
