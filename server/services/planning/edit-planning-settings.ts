import "server-only";
import { putPlanningSettings } from "@/db/queries/planning";
import type { Ctx } from "@/server/context";
import type { EditPlanningSettingsInput, PlanningSettings, PlanningSettingsView } from "@/server/domain/plans/settings";
import { staleVersion } from "@/server/errors";
import { personOf } from "@/server/services/trips/trip-work";
import { write } from "@/server/services/unit-of-work";
import { settingsOf } from "./planning-settings";

/** Changes how the agency's days are planned; plans under way keep the settings they began with. */
export const editPlanningSettings = (
  ctx: Ctx,
  { settings, version }: EditPlanningSettingsInput,
): Promise<PlanningSettingsView> =>
  write(ctx, async (tx, uow) => {
    const { agencyId } = ctx.actor;
    const before = await settingsOf(tx, agencyId);
    const stored = await putPlanningSettings(tx, { agencyId, settings, version, updatedBy: personOf(ctx) });
    if (!stored) throw staleVersion(await settingsOf(tx, agencyId));
    uow.audit({
      action: "planning.settings",
      entity: "planning_settings",
      entityId: agencyId,
      fields: changedFields(before.settings, settings),
    });
    return { settings: stored.settings, version: stored.version };
  });

const changedFields = (before: PlanningSettings, after: PlanningSettings): string[] =>
  (Object.keys(after) as (keyof PlanningSettings)[]).filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  );
