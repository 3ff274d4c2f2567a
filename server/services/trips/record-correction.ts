import "server-only";
import type { Tx } from "@/db/client";
import type { AssignmentRow } from "@/db/queries/assignments";
import type { TripEventRow } from "@/db/queries/trip-events";
import type { TripRow } from "@/db/queries/trips";
import type { Ctx } from "@/server/context";
import type { Applied, Correction } from "@/server/domain/trips/correction";
import { isSupport } from "@/server/domain/trips/support";
import { recordEvent } from "./trip-work";

/** A press that is being corrected, and the assignment it is of. */
export type Corrected = { held: AssignmentRow; press: TripEventRow; correction: Correction };

/** Writes a correction into the trip's history beside what it replaces. */
export async function recordCorrection(
  tx: Tx,
  ctx: Ctx,
  trip: TripRow,
  { held, press, correction }: Corrected,
  decision: Applied,
): Promise<void> {
  const { event, at, reason } = correction;
  await recordEvent(tx, ctx, trip.id, {
    kind: "corrected",
    status: decision.kind === "retime" ? event : null,
    assignment: held,
    happenedAt: at ?? ctx.now,
    reason,
    replaces: press.id,
    data: {
      event,
      was: press.happenedAt.toISOString(),
      to: at?.toISOString() ?? null,
      back: decision.kind === "retime" ? null : decision.back,
      ...(isSupport(held) && { role: held.role }),
    },
  });
}
