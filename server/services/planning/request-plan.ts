import "server-only";
import { randomInt } from "node:crypto";
import type { Tx } from "@/db/client";
import { agencyById } from "@/db/queries/agencies";
import { sendJob } from "@/db/queries/jobs";
import { appliedPlansOf, insertPlan, plansInTheMaking } from "@/db/queries/planning";
import { planningUnits } from "@/db/queries/planning-day";
import type { Ctx } from "@/server/context";
import type { RequestPlanInput } from "@/server/domain/plans/inputs";
import type { PlanView } from "@/server/domain/plans/plan-view";
import { isSignedOn } from "@/server/domain/units/availability";
import { AppError, ruleBroken } from "@/server/errors";
import { newId } from "@/server/ids";
import { personOf } from "@/server/services/trips/trip-work";
import { write } from "@/server/services/unit-of-work";
import { type AskedPeriod, askedPeriod } from "./plan-period";
import { settingsOf } from "./planning-settings";
import { announcePlan, showPlan } from "./show-plan";

/** Plans that an agency may be waiting for at a time: each takes the processors for its seconds. */
const MAX_WAITING = 5;
const MAX_SEED = 2_147_483_647;
/** The job that makes plans, and its queue. */
export const PLAN_JOB = { name: "make-plans", queue: "planning" } as const;

/**
 * Asks for a plan; a worker makes it. What is planned is read when the worker begins.
 * @throws AppError rule_broken for a period that can't be planned, a unit that is not in it, or too many plans at a time
 */
export const requestPlan = (ctx: Ctx, input: RequestPlanInput): Promise<PlanView> =>
  write(ctx, async (tx, uow) => {
    const { agencyId } = ctx.actor;
    const { timeZone } = await agencyById(tx, agencyId);
    const period = askedPeriod(input, ctx.now, timeZone);
    if ((await plansInTheMaking(tx, agencyId)) >= MAX_WAITING) throw tooMany();
    await refuseStrangers(tx, ctx, input, period);
    const { settings } = await settingsOf(tx, agencyId);
    const plan = await insertPlan(tx, {
      agencyId,
      id: newId(),
      kind: period.kind,
      serviceDate: period.serviceDate,
      startsAt: period.from,
      endsAt: period.to,
      generation: await appliedPlansOf(tx, agencyId, period.serviceDate),
      seed: input.seed ?? randomInt(1, MAX_SEED),
      settings: { ...settings, searchSeconds: input.seconds ?? settings.searchSeconds },
      whatIf: input.whatIf ?? null,
      requestedBy: personOf(ctx),
      createdBy: personOf(ctx),
      createdAt: ctx.now,
      updatedAt: ctx.now,
    });
    await sendJob(tx, PLAN_JOB.queue, { job: PLAN_JOB.name, agencyId: null });
    uow.audit({ action: "plan.request", entity: "plan", entityId: plan.id, fields: ["serviceDate", "settings"] });
    announcePlan(uow, plan);
    return showPlan(plan);
  });

const tooMany = () =>
  new AppError("conflict", "wait until one of the plans under way is done, or cancel it", [
    { code: "too_many_plans", message: `${MAX_WAITING} plans are being made` },
  ]);

/** Units that a question names have to run in the period. */
async function refuseStrangers(tx: Tx, ctx: Ctx, { whatIf }: RequestPlanInput, period: AskedPeriod): Promise<void> {
  const asked = { extraUnitsLike: whatIf?.extraUnitsLike?.shiftId, moveStart: whatIf?.moveStart?.shiftId };
  if (Object.values(asked).every((id) => id === undefined)) return;
  const units = await planningUnits(tx, ctx.actor.agencyId, period.from, period.to);
  const running = new Map(units.map(({ shift }) => [shift.id, shift]));
  for (const [name, id] of Object.entries(asked)) {
    if (id !== undefined && !running.has(id))
      throw ruleBroken(`whatIf.${name}.shiftId`, "unknown", "no shift of the period");
  }
  const mover = asked.moveStart === undefined ? undefined : running.get(asked.moveStart);
  if (mover && isSignedOn(mover))
    throw ruleBroken(
      "whatIf.moveStart.shiftId",
      "started",
      `${mover.callSign} is on the road already: another start would change nothing`,
    );
}
