import "server-only";
import type { Tx } from "@/db/client";
import { planningSettingsOf } from "@/db/queries/planning";
import { PlanningSettings, type PlanningSettingsView, USUAL_SETTINGS } from "@/server/domain/plans/settings";

/** How this agency plans, the usual settings where it has chosen none. Settings that came later are filled in. */
export async function settingsOf(tx: Tx, agencyId: string): Promise<PlanningSettingsView> {
  const row = await planningSettingsOf(tx, agencyId);
  if (!row) return { settings: USUAL_SETTINGS, version: 0 };
  return { settings: PlanningSettings.parse(row.settings), version: row.version };
}
