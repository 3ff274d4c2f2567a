import "server-only";
import type { Tx } from "@/db/client";
import { crewOf, lockShift, type ShiftRow } from "@/db/queries/shifts";
import { type Actor, type Ctx, hasRole } from "@/server/context";
import { notFound, staleVersion } from "@/server/errors";
import { showOneShift } from "./show-shift";

/** The person whose shifts are all this actor may see; undefined for the office, keys and jobs. */
export const ownShiftsOnly = (actor: Actor): string | undefined =>
  actor.kind === "user" && !hasRole(actor, "admin", "dispatcher", "billing", "clinical") ? actor.userId : undefined;

/** Another crew's shift is not there for a crew. */
export async function assertSeen(tx: Tx, { actor }: Ctx, shift: ShiftRow | undefined): Promise<ShiftRow> {
  if (!shift || shift.deactivatedAt) throw notFound("shift");
  const userId = ownShiftsOnly(actor);
  if (userId === undefined) return shift;
  const crew = await crewOf(tx, actor.agencyId, [shift.id]);
  if (!crew.some((member) => member.userId === userId)) throw notFound("shift");
  return shift;
}

/**
 * A shift that this actor may act on, locked.
 * @param version - what the caller has seen; left out, any will do
 * @throws AppError not_found, or conflict when the caller has seen an older one
 */
export async function lockOwnShift(tx: Tx, ctx: Ctx, id: string, version?: number): Promise<ShiftRow> {
  const shift = await assertSeen(tx, ctx, await lockShift(tx, ctx.actor.agencyId, id));
  if (version !== undefined && version !== shift.version) throw staleVersion(await showOneShift(tx, shift));
  return shift;
}
