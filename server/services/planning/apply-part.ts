import "server-only";
import type { Tx } from "@/db/client";
import {
  decideParts,
  lockPlan,
  type PlanRow,
  type PlanTripRow,
  type PlanUnitRow,
  setPlanUnitVersions,
  tripsOfPlan,
  unitsOfPlan,
} from "@/db/queries/planning";
import { lockShifts } from "@/db/queries/shifts";
import type { Ctx } from "@/server/context";
import type { Part } from "@/server/domain/plans/parts";
import { isUndecided } from "@/server/domain/plans/vocabulary";
import { AppError } from "@/server/errors";
import { settleUnit } from "@/server/services/trips/release-unit";
import { personOf, type TripAtWork, takeTrip } from "@/server/services/trips/trip-work";
import { type UnitOfWork, write } from "@/server/services/unit-of-work";
import { carryOut } from "./carry-out";
import { orderLikePlan } from "./order-like-plan";
import { settlePlan } from "./settle-plan";
import { changedTrips, changesSince, staleReasons } from "./stale-parts";

type Locked = { plan: PlanRow; units: PlanUnitRow[]; trips: PlanTripRow[]; works: TripAtWork[] };

/**
 * Carries out changes that hang together, all or none: trips leave and join units by the rules of a dispatcher's own
 * assignments, and the manifests take the order of the plan.
 * @throws AppError conflict naming what was changed meanwhile, or what a blocker of the assignment says
 */
export const applyPart = (ctx: Ctx, planId: string, part: Part): Promise<PlanRow> =>
  write(ctx, async (tx, uow) => {
    const locked = await lockPart(tx, ctx, planId, part);
    for (const [i, work] of locked.works.entries()) {
      const wanted = locked.trips[i];
      if (wanted) await carryOut(tx, uow, ctx, work, wanted);
    }
    for (const unit of locked.units) await orderLikePlan(tx, ctx, unit);
    return finish(tx, uow, ctx, locked);
  });

/** Everything the part touches, locked: trips, then shifts, each by id; unchanged since the day was read. */
async function lockPart(tx: Tx, ctx: Ctx, planId: string, part: Part): Promise<Locked> {
  const { agencyId } = ctx.actor;
  const plan = await lockPlan(tx, agencyId, planId);
  if (!plan || !isUndecided(plan.state)) throw superseded();
  const [allUnits, allTrips] = [await unitsOfPlan(tx, agencyId, planId), await tripsOfPlan(tx, agencyId, planId)];
  const trips = allTrips
    .filter((trip) => part.tripIds.includes(trip.tripId) && trip.decision === "open")
    .toSorted((a, b) => (a.tripId < b.tripId ? -1 : 1));
  const works: TripAtWork[] = [];
  for (const trip of trips) works.push(await takeTrip(tx, ctx, trip.tripId));
  const shifts = await lockShifts(tx, agencyId, part.shiftIds);
  const units = allUnits.filter(({ shiftId }) => part.shiftIds.includes(shiftId));
  const now = works.map(({ trip }) => trip);
  const reasons = staleReasons(
    await changesSince(tx, agencyId, { units, trips: allTrips, now: shifts }),
    changedTrips(trips, now),
    now,
  );
  if (reasons.length > 0) throw new AppError("conflict", "changed by somebody else meanwhile", reasons);
  return { plan, units, trips, works };
}

export const superseded = () =>
  new AppError("conflict", "the plan was decided meanwhile", [
    { path: "state", code: "plan_superseded", message: "another plan made from the same state of the day was applied" },
  ]);

/** Units as they are now, events for listeners, and what became of the plan. */
async function finish(tx: Tx, uow: UnitOfWork, ctx: Ctx, { plan, units, trips }: Locked): Promise<PlanRow> {
  const { agencyId } = ctx.actor;
  for (const unit of units) await settleUnit(tx, uow, ctx, unit.shiftId);
  const shifts = await lockShifts(
    tx,
    agencyId,
    units.map(({ shiftId }) => shiftId),
  );
  await setPlanUnitVersions(tx, plan, shifts);
  await decideParts(
    tx,
    plan,
    { shiftIds: [], tripIds: trips.map(({ tripId }) => tripId) },
    { decision: "accepted", at: ctx.now, by: personOf(ctx) },
  );
  return settlePlan(tx, uow, ctx, plan);
}
