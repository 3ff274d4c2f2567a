import "server-only";
import type { Tx } from "@/db/client";
import { agencyById } from "@/db/queries/agencies";
import { type PlanTripRow, type PlanUnitRow, planById, tripsOfPlan, unitsOfPlan } from "@/db/queries/planning";
import { type ShiftRow, shiftsByIds } from "@/db/queries/shifts";
import { type TripRow, tripsByIds } from "@/db/queries/trips";
import type { Ctx } from "@/server/context";
import { findingsOf } from "@/server/domain/plans/findings";
import { isChange, newBreaks } from "@/server/domain/plans/parts";
import type { PlanDetail, PlanTripView, PlanUnitView } from "@/server/domain/plans/plan-view";
import type { PlanChange } from "@/server/domain/plans/vocabulary";
import { isUndecided } from "@/server/domain/plans/vocabulary";
import { extraCallSign } from "@/server/domain/plans/what-if";
import { notFound } from "@/server/errors";
import { read } from "@/server/services/unit-of-work";
import { showPlan } from "./show-plan";
import { changesSince } from "./stale-parts";
import { wordsOf } from "./why-words";

type Parts = {
  units: PlanUnitRow[];
  trips: PlanTripRow[];
  shifts: Map<string, ShiftRow>;
  tripsNow: Map<string, TripRow>;
  stale: Map<string, string[]>;
};

/** A plan with what it does to each unit and trip, and what was changed since its day was read. */
export const getPlan = (ctx: Ctx, { planId }: { planId: string }): Promise<PlanDetail> =>
  read(ctx, async (tx) => {
    const { agencyId } = ctx.actor;
    const plan = await planById(tx, agencyId, planId);
    if (!plan) throw notFound("plan");
    const parts = await partsOfPlan(tx, agencyId, planId, isUndecided(plan.state));
    const { timeZone } = await agencyById(tx, agencyId);
    return {
      ...showPlan(plan),
      findings: findingsOf(plan.findings),
      units: parts.units.map((unit) => unitView(unit, parts)),
      trips: parts.trips.map((trip) => tripView(trip, parts, { timeZone, originAt: plan.startedAt ?? plan.createdAt })),
    };
  });

async function partsOfPlan(tx: Tx, agencyId: string, planId: string, open: boolean): Promise<Parts> {
  const [units, trips] = [await unitsOfPlan(tx, agencyId, planId), await tripsOfPlan(tx, agencyId, planId)];
  const shiftIds = new Set([
    ...units.map(({ shiftId }) => shiftId),
    ...trips.flatMap(({ fromShiftId, toShiftId }) => [fromShiftId, toShiftId].filter((id) => id !== null)),
  ]);
  const shifts = await shiftsByIds(tx, agencyId, [...shiftIds]);
  const tripsNow = await tripsByIds(
    tx,
    agencyId,
    trips.map(({ tripId }) => tripId),
  );
  return {
    units,
    trips,
    shifts: new Map(shifts.map((shift) => [shift.id, shift])),
    tripsNow: new Map(tripsNow.map((trip) => [trip.id, trip])),
    stale: open ? await changesSince(tx, agencyId, { units, trips, now: shifts }) : new Map(),
  };
}

function unitView(unit: PlanUnitRow, { trips, stale, tripsNow }: Parts): PlanUnitView {
  const goesTo = (trip: PlanTripRow) => trip.toShiftId === unit.shiftId && trip.toExtra === unit.extra;
  // Nothing comes from a unit that is only assumed.
  const comesFrom = (trip: PlanTripRow) => trip.fromShiftId === unit.shiftId && unit.extra === 0;
  const touching = (change: PlanChange, touches: (trip: PlanTripRow) => boolean) =>
    trips.filter((trip) => trip.change === change && touches(trip)).length;
  const breaks = newBreaks(unit);
  const open =
    breaks > 0 || trips.some((trip) => isChange(trip) && trip.decision === "open" && (goesTo(trip) || comesFrom(trip)));
  return {
    shiftId: unit.shiftId,
    extra: unit.extra,
    callSign: unit.callSign,
    manifestVersion: unit.manifestVersion,
    stale: open ? (stale.get(unit.shiftId) ?? []) : [],
    decision: unit.decision,
    added: touching("added", goesTo) + touching("moved", goesTo),
    moved: touching("moved", comesFrom),
    removed: touching("removed", comesFrom),
    retimed: touching("retimed", goesTo),
    newBreaks: breaks,
    before: unit.before,
    after: unit.after,
    stops: unit.stops.map(({ kind, tripId, at, fixed }) => ({
      kind,
      tripId,
      tripNumber: (tripId && tripsNow.get(tripId)?.number) ?? null,
      at: new Date(at),
      fixed,
    })),
  };
}

type Frame = { timeZone: string; originAt: Date };

function tripView(trip: PlanTripRow, { shifts, tripsNow }: Parts, frame: Frame): PlanTripView {
  const callSignOf = (shiftId: string, extra: number) => {
    const callSign = shifts.get(shiftId)?.callSign ?? "?";
    return extra === 0 ? callSign : extraCallSign(callSign, extra);
  };
  const unit = (shiftId: string | null, extra = 0) =>
    shiftId === null ? null : { shiftId, callSign: callSignOf(shiftId, extra) };
  const from = unit(trip.fromShiftId);
  const now = tripsNow.get(trip.tripId);
  return {
    tripId: trip.tripId,
    tripNumber: now?.number ?? "?",
    change: trip.change,
    decision: trip.decision,
    stale: trip.decision === "open" && isChange(trip) && now?.version !== trip.tripVersion,
    from: from && { ...from, pickupAt: trip.pickupWasAt },
    to: unit(trip.toShiftId, trip.toExtra),
    pickupAt: trip.pickupAt,
    dropoffAt: trip.dropoffAt,
    lateS: trip.lateS,
    slackS: trip.slackS,
    cost: trip.cost,
    lateProbability: trip.lateProbability,
    why: trip.why === null ? [] : wordsOf(trip.why, frame),
  };
}
