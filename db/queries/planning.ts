import { and, asc, count, desc, eq, inArray, lt, or, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { planningSettings, plans, planTrips, planUnits } from "@/db/schema";
import type { PlanDecision, PlanState } from "@/server/domain/plans/vocabulary";

export type PlanRow = typeof plans.$inferSelect;
export type NewPlan = typeof plans.$inferInsert;
export type PlanUnitRow = typeof planUnits.$inferSelect;
export type NewPlanUnit = typeof planUnits.$inferInsert;
export type PlanTripRow = typeof planTrips.$inferSelect;
export type NewPlanTrip = typeof planTrips.$inferInsert;
export type PlanningSettingsRow = typeof planningSettings.$inferSelect;

const isPlan = (agencyId: string, id: string) => and(eq(plans.agencyId, agencyId), eq(plans.id, id));
const APPLIED: PlanState[] = ["applied", "partly_applied"];

export async function insertPlan(tx: Tx, row: NewPlan): Promise<PlanRow> {
  const [made] = await tx.insert(plans).values(row).returning();
  if (!made) throw new Error("the plan was not stored");
  return made;
}

export const planById = async (tx: Tx, agencyId: string, id: string): Promise<PlanRow | undefined> =>
  (await tx.select().from(plans).where(isPlan(agencyId, id)))[0];

/** The same, locked until the transaction ends. Lock a plan before trips and shifts. */
export const lockPlan = async (tx: Tx, agencyId: string, id: string): Promise<PlanRow | undefined> =>
  (await tx.select().from(plans).where(isPlan(agencyId, id)).for("update"))[0];

/** Changes a plan and counts the version. */
export async function updatePlan(tx: Tx, agencyId: string, id: string, set: Partial<NewPlan>): Promise<PlanRow> {
  const [row] = await tx
    .update(plans)
    .set({ ...set, version: sql`${plans.version} + 1`, updatedAt: sql`now()` })
    .where(isPlan(agencyId, id))
    .returning();
  if (!row) throw new Error("the plan to change is gone");
  return row;
}

/** What a worker writes while it holds the plan. @returns undefined when the plan is no longer its own */
export const updateRunningPlan = async (
  tx: Tx,
  agencyId: string,
  { id, attempt }: { id: string; attempt: number },
  set: Partial<NewPlan>,
): Promise<PlanRow | undefined> =>
  (
    await tx
      .update(plans)
      .set({ ...set, version: sql`${plans.version} + 1`, updatedAt: sql`now()` })
      .where(and(isPlan(agencyId, id), eq(plans.state, "running"), eq(plans.attempt, attempt)))
      .returning()
  )[0];

/** The oldest plan that waits, or whose worker has not been heard of since `lostBefore`; locked, others pass it over. */
export const nextPlan = async (tx: Tx, agencyId: string, lostBefore: Date): Promise<PlanRow | undefined> =>
  (
    await tx
      .select()
      .from(plans)
      .where(
        and(
          eq(plans.agencyId, agencyId),
          or(eq(plans.state, "queued"), and(eq(plans.state, "running"), lt(plans.beatAt, lostBefore))),
        ),
      )
      .orderBy(asc(plans.createdAt), asc(plans.id))
      .limit(1)
      .for("update", { skipLocked: true })
  )[0];

/** How many plans of a day were applied: the generation of the state that a new plan starts from. */
export const appliedPlansOf = async (tx: Tx, agencyId: string, serviceDate: string): Promise<number> => {
  const [row] = await tx
    .select({ applied: count() })
    .from(plans)
    .where(and(eq(plans.agencyId, agencyId), eq(plans.serviceDate, serviceDate), inArray(plans.state, APPLIED)));
  return row?.applied ?? 0;
};

/** How many plans of an agency are waited for. */
export const plansInTheMaking = async (tx: Tx, agencyId: string): Promise<number> => {
  const [row] = await tx
    .select({ open: count() })
    .from(plans)
    .where(and(eq(plans.agencyId, agencyId), inArray(plans.state, ["queued", "running"])));
  return row?.open ?? 0;
};

/** Plans made from the same state of a day as this one and not decided yet. */
export const rivalsOf = (tx: Tx, plan: PlanRow): Promise<PlanRow[]> =>
  tx
    .select()
    .from(plans)
    .where(
      and(
        eq(plans.agencyId, plan.agencyId),
        eq(plans.serviceDate, plan.serviceDate),
        eq(plans.generation, plan.generation),
        inArray(plans.state, ["queued", "running", "proposed"]),
        inArray(plans.kind, ["day_ahead", "mid_day"]),
        sql`${plans.id} <> ${plan.id}`,
      ),
    );

/** Newest first. */
export const listPlanRows = (
  tx: Tx,
  agencyId: string,
  filter: { date?: string | undefined; before?: { createdAt: Date; id: string } | undefined; limit: number },
): Promise<PlanRow[]> =>
  tx
    .select()
    .from(plans)
    .where(
      and(
        eq(plans.agencyId, agencyId),
        filter.date === undefined ? undefined : eq(plans.serviceDate, filter.date),
        filter.before &&
          or(
            lt(plans.createdAt, filter.before.createdAt),
            and(eq(plans.createdAt, filter.before.createdAt), lt(plans.id, filter.before.id)),
          ),
      ),
    )
    .orderBy(desc(plans.createdAt), desc(plans.id))
    .limit(filter.limit);

const BATCH = 500;

export async function insertPlanParts(tx: Tx, units: NewPlanUnit[], trips: NewPlanTrip[]): Promise<void> {
  for (let at = 0; at < units.length; at += BATCH) await tx.insert(planUnits).values(units.slice(at, at + BATCH));
  for (let at = 0; at < trips.length; at += BATCH) await tx.insert(planTrips).values(trips.slice(at, at + BATCH));
}

export const unitsOfPlan = (tx: Tx, agencyId: string, planId: string): Promise<PlanUnitRow[]> =>
  tx
    .select()
    .from(planUnits)
    .where(and(eq(planUnits.agencyId, agencyId), eq(planUnits.planId, planId)))
    .orderBy(asc(planUnits.callSign), asc(planUnits.shiftId));

export const tripsOfPlan = (tx: Tx, agencyId: string, planId: string): Promise<PlanTripRow[]> =>
  tx
    .select()
    .from(planTrips)
    .where(and(eq(planTrips.agencyId, agencyId), eq(planTrips.planId, planId)))
    .orderBy(asc(planTrips.pickupAt), asc(planTrips.id));

/** Says what became of the parts of these units and trips that are still open; null stands for all of the plan. */
export async function decideParts(
  tx: Tx,
  plan: { agencyId: string; id: string },
  parts: { shiftIds: string[] | null; tripIds: string[] | null },
  decided: { decision: PlanDecision; at: Date; by: string | null },
): Promise<void> {
  const { decision, at, by } = decided;
  if (parts.shiftIds === null || parts.shiftIds.length > 0)
    await tx
      .update(planUnits)
      .set({ decision, decidedAt: at, decidedBy: by })
      .where(
        and(
          eq(planUnits.agencyId, plan.agencyId),
          eq(planUnits.planId, plan.id),
          eq(planUnits.decision, "open"),
          parts.shiftIds === null ? undefined : inArray(planUnits.shiftId, parts.shiftIds),
        ),
      );
  if (parts.tripIds === null || parts.tripIds.length > 0)
    await tx
      .update(planTrips)
      .set({ decision })
      .where(
        and(
          eq(planTrips.agencyId, plan.agencyId),
          eq(planTrips.planId, plan.id),
          eq(planTrips.decision, "open"),
          parts.tripIds === null ? undefined : inArray(planTrips.tripId, parts.tripIds),
        ),
      );
}

export const planningSettingsOf = async (tx: Tx, agencyId: string): Promise<PlanningSettingsRow | undefined> =>
  (await tx.select().from(planningSettings).where(eq(planningSettings.agencyId, agencyId)))[0];

/** Stores the settings over those of `version` (0 = none yet). @returns undefined when somebody was faster */
export const putPlanningSettings = async (
  tx: Tx,
  row: typeof planningSettings.$inferInsert & { version: number },
): Promise<PlanningSettingsRow | undefined> => {
  const { agencyId, settings, updatedBy, version } = row;
  if (version === 0) {
    const made = await tx
      .insert(planningSettings)
      .values({ agencyId, settings, updatedBy })
      .onConflictDoNothing()
      .returning();
    return made[0];
  }
  const changed = await tx
    .update(planningSettings)
    .set({ settings, updatedBy, version: version + 1, updatedAt: sql`now()` })
    .where(and(eq(planningSettings.agencyId, agencyId), eq(planningSettings.version, version)))
    .returning();
  return changed[0];
};

/** The stops of a plan for one unit, with those that stand on its manifest by now. */
export async function setPlanUnitStops(
  tx: Tx,
  { agencyId, id }: { agencyId: string; id: string },
  stops: PlanUnitRow["stops"],
): Promise<void> {
  await tx
    .update(planUnits)
    .set({ stops })
    .where(and(eq(planUnits.agencyId, agencyId), eq(planUnits.id, id)));
}

/** What a plan's units are compared with from now on: their manifests after its own changes. */
export async function setPlanUnitVersions(
  tx: Tx,
  plan: { agencyId: string; id: string },
  shifts: readonly { id: string; manifestVersion: number }[],
): Promise<void> {
  for (const { id, manifestVersion } of shifts)
    await tx
      .update(planUnits)
      .set({ manifestVersion })
      .where(and(eq(planUnits.agencyId, plan.agencyId), eq(planUnits.planId, plan.id), eq(planUnits.shiftId, id)));
}
