import "server-only";
import { insertUnitEvent } from "@/db/queries/shifts";
import type { Tx } from "@/db/types";
import { actorId, type Ctx, hasRole } from "@/server/context";
import { newId } from "@/server/ids";

type Happening = {
  kind: "signed_on" | "signed_off" | "vehicle_swapped" | "emergency";
  data?: Record<string, string | number | boolean | null>;
};

/** Where a change of a unit came from. */
function sourceOf({ actor }: Ctx): string {
  if (actor.kind !== "user") return actor.kind === "api_key" ? "api" : "system";
  return hasRole(actor, "admin", "dispatcher") ? actor.source : "crew";
}

/** Appends to what happened to a unit. */
export const recordUnitEvent = (tx: Tx, ctx: Ctx, shiftId: string, { kind, data = {} }: Happening): Promise<void> =>
  insertUnitEvent(tx, {
    agencyId: ctx.actor.agencyId,
    id: newId(),
    shiftId,
    kind,
    happenedAt: ctx.now,
    recordedAt: ctx.now,
    actorId: actorId(ctx.actor),
    source: sourceOf(ctx),
    data,
  });
