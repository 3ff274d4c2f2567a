import "server-only";
import type { Tx } from "@/db/client";
import { type TripRow, tripById } from "@/db/queries/trips";
import { type Ctx, ownRowsOnly } from "@/server/context";
import type { RiderVisibility } from "@/server/domain/trips/rider-visibility";
import type { TripView } from "@/server/domain/trips/trip-view";
import { notFound } from "@/server/errors";
import { presentTrip, type TripBundle, visibilityOf } from "./present-trip";
import { bundlesOf } from "./show-trips";

/** A queued trip that nobody was told of is not the crew's yet. */
const isSeen = ({ assignments }: TripBundle): boolean =>
  assignments.some(({ own, assignment }) => own && !(assignment.mode === "stack" && assignment.status === "reserved"));

export type VisibleTrip = { row: TripRow; view: TripView; sees: RiderVisibility };

/** One trip as this caller may see it. @throws AppError not_found, also for a crew that it is not, and was not, with */
export async function visibleTrip(tx: Tx, ctx: Ctx, tripId: string): Promise<VisibleTrip> {
  const row = await tripById(tx, ctx.actor.agencyId, tripId);
  const [bundle] = row ? await bundlesOf(tx, ctx, [row]) : [];
  if (!row || !bundle || (ownRowsOnly(ctx.actor) && !isSeen(bundle))) throw notFound("trip");
  const { actor, now } = ctx;
  return { row, view: presentTrip(bundle, actor, now), sees: visibilityOf(bundle, actor, now) };
}
