import "server-only";
import type { Tx } from "@/db/client";
import { crewOf, lockShift, type ShiftRow } from "@/db/queries/shifts";
import { type Ctx, ownRowsOnly } from "@/server/context";
import { notFound, staleVersion } from "@/server/errors";
import { assertOwnTrip } from "@/server/services/trips/unit-of-trip";
import { showOneShift } from "./show-shift";

/** Another crew's shift is not there for a crew. */
export async function assertSeen(tx: Tx, { actor }: Ctx, shift: ShiftRow | undefined): Promise<ShiftRow> {
  if (!shift || shift.deactivatedAt) throw notFound("shift");
  const userId = ownRowsOnly(actor);
  if (userId === undefined) return shift;
  const crew = await crewOf(tx, actor.agencyId, [shift.id]);
  if (!crew.some((member) => member.userId === userId)) throw notFound("shift");
  return shift;
}

/**
 * A shift that this actor may act on, locked: dispatchers on any, others on one they are in the crew of.
 * @param version - what the caller has seen; left out, any will do
 * @throws AppError not_found, forbidden, or conflict when the caller has seen an older one
 */
export async function lockOwnShift(tx: Tx, ctx: Ctx, id: string, version?: number): Promise<ShiftRow> {
  const shift = await assertSeen(tx, ctx, await lockShift(tx, ctx.actor.agencyId, id));
  await assertOwnTrip(tx, ctx, shift.id);
  if (version !== undefined && version !== shift.version) throw staleVersion(await showOneShift(tx, shift));
  return shift;
}
