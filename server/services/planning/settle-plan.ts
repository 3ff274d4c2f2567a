import "server-only";
import type { Tx } from "@/db/client";
import { refusing } from "@/db/constraint-errors";
import { type PlanRow, rivalsOf, tripsOfPlan, unitsOfPlan, updatePlan } from "@/db/queries/planning";
import type { Ctx } from "@/server/context";
import { isChange, newBreaks } from "@/server/domain/plans/parts";
import { personOf } from "@/server/services/trips/trip-work";
import type { UnitOfWork } from "@/server/services/unit-of-work";
import { announcePlan } from "./show-plan";

const lostRace = {
  path: "state",
  code: "plan_superseded",
  message: "another plan made from the same state of the day was applied",
};

/**
 * The state of a plan of which parts were accepted; others made from the same state of the day are out.
 * @throws AppError conflict when such another was faster
 */
export async function settlePlan(tx: Tx, uow: UnitOfWork, ctx: Ctx, before: PlanRow): Promise<PlanRow> {
  const { agencyId } = ctx.actor;
  const [trips, units] = await Promise.all([
    tripsOfPlan(tx, agencyId, before.id),
    unitsOfPlan(tx, agencyId, before.id),
  ]);
  const left =
    trips.some((trip) => isChange(trip) && trip.decision === "open") || units.some((one) => newBreaks(one) > 0);
  const state = left ? ("partly_applied" as const) : ("applied" as const);
  const plan = await refusing({ plans_one_applied: lostRace }, () =>
    updatePlan(tx, agencyId, before.id, { state, decidedAt: ctx.now, decidedBy: personOf(ctx) }),
  );
  for (const rival of await rivalsOf(tx, plan)) {
    announcePlan(uow, await updatePlan(tx, agencyId, rival.id, { state: "superseded", decidedAt: ctx.now }));
  }
  uow.audit({ action: "plan.apply", entity: "plan", entityId: plan.id, fields: ["state"] });
  announcePlan(uow, plan);
  return plan;
}
