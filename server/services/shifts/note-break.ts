import "server-only";
import type { Tx } from "@/db/client";
import { type ShiftRow, setBreaks } from "@/db/queries/shifts";
import { bumpManifest, setBreakStop } from "@/db/queries/stops";
import type { Ctx } from "@/server/context";
import type { UnitState } from "@/server/domain/fleet/vocabulary";
import { breaksAfter } from "@/server/domain/shifts/breaks";

/** Notes with a locked shift that its crew begins a planned break, or is back from it. */
export async function noteBreak(tx: Tx, { now }: Ctx, shift: ShiftRow, to: UnitState): Promise<void> {
  if ((shift.state === "break") === (to === "break")) return;
  const change = to === "break" ? "begun" : "ended";
  const { breaks, breakId } = breaksAfter(shift.breaks, change, now);
  if (breakId === null) return;
  await setBreaks(tx, shift.agencyId, shift.id, breaks);
  await setBreakStop(tx, shift.agencyId, breakId, change === "begun" ? { arrivedAt: now } : { departedAt: now });
  await bumpManifest(tx, shift.agencyId, shift.id);
}
