import "server-only";
import { type AgencyRow, agencyById } from "@/db/queries/agencies";
import type { Ctx } from "@/server/context";
import type { Agency } from "@/server/domain/people/agency";
import { CONSOLE_IDLE_S, LOCK_AFTER_S } from "@/server/domain/people/session-state";
import { read } from "@/server/services/unit-of-work";

/** An agency with its settings, the usual ones where it has not chosen. */
export const showAgency = ({ id, name, timeZone, distanceUnit, settings, version }: AgencyRow): Agency => ({
  id,
  name,
  timeZone,
  distanceUnit,
  lockAfterS: settings.lockAfterS ?? LOCK_AFTER_S,
  idleTimeoutS: settings.idleTimeoutS ?? CONSOLE_IDLE_S,
  version,
});

export const getAgency = (ctx: Ctx): Promise<Agency> =>
  read(ctx, async (tx) => showAgency(await agencyById(tx, ctx.actor.agencyId)));
