import "server-only";
import { insertUnitEvent } from "@/db/queries/shifts";
import type { Tx } from "@/db/types";
import { actorId, type Ctx } from "@/server/context";
import { newId } from "@/server/ids";
import { seal } from "@/server/security/keys";
import { sourceOf } from "@/server/services/trips/trip-work";

type Happening = {
  kind: "signed_on" | "signed_off" | "vehicle_swapped" | "emergency" | "state";
  /** What a person typed; it may name a patient, and what is appended is never redacted, so it is sealed. */
  reason?: string | null;
  data?: Record<string, string | number | boolean | null>;
};

/** Appends to what happened to a unit. */
export function recordUnitEvent(
  tx: Tx,
  ctx: Ctx,
  shiftId: string,
  { kind, reason, data = {} }: Happening,
): Promise<void> {
  const id = newId();
  return insertUnitEvent(tx, {
    agencyId: ctx.actor.agencyId,
    id,
    shiftId,
    kind,
    happenedAt: ctx.now,
    recordedAt: ctx.now,
    actorId: actorId(ctx.actor),
    source: sourceOf(ctx),
    reason: seal({ table: "unit_events", column: "reason", rowId: id }, reason),
    data,
  });
}
