import "server-only";
import type { Ctx } from "@/server/context";
import type { PlanningSettingsView } from "@/server/domain/plans/settings";
import { read } from "@/server/services/unit-of-work";
import { settingsOf } from "./planning-settings";

/** How the agency's days are planned. */
export const getPlanningSettings = (ctx: Ctx): Promise<PlanningSettingsView> =>
  read(ctx, (tx) => settingsOf(tx, ctx.actor.agencyId));
