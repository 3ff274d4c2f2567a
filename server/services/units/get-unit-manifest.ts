import "server-only";
import { z } from "zod";
import type { Tx } from "@/db/client";
import { type ShiftRow, shiftById } from "@/db/queries/shifts";
import { type ManifestRow, manifestOf } from "@/db/queries/stops";
import { tripsByIds } from "@/db/queries/trips";
import type { Ctx } from "@/server/context";
import { loadsAlong } from "@/server/domain/dispatch/capacity";
import type { ManifestStopView, ManifestView } from "@/server/domain/trips/board-view";
import { notFound } from "@/server/errors";
import { riderVisibilityOfRole } from "@/server/services/trips/present-trip";
import { aboardOf, routeOf } from "@/server/services/trips/unit-of-trip";
import { read } from "@/server/services/unit-of-work";

export const UnitManifestInput = z.strictObject({ shiftId: z.uuid() });
/** What a unit does next: its stops in order, with estimates and who is aboard after each. */
export const getUnitManifest = (ctx: Ctx, { shiftId }: z.infer<typeof UnitManifestInput>): Promise<ManifestView> =>
  read(ctx, async (tx) => {
    const shift = await shiftById(tx, ctx.actor.agencyId, shiftId);
    if (!shift || shift.deactivatedAt) throw notFound("shift");
    return showManifest(tx, ctx, shift);
  });

/** The manifest of a shift as a dispatcher sees it. */
export async function showManifest(tx: Tx, { actor }: Ctx, shift: ShiftRow): Promise<ManifestView> {
  const rows = await manifestOf(tx, actor.agencyId, shift.id);
  const tripIds = [...new Set(rows.map(({ stop }) => stop.tripId).filter((id) => id !== null))];
  const numbers = new Map((await tripsByIds(tx, actor.agencyId, tripIds)).map((trip) => [trip.id, trip.number]));
  const loads = loadsAlong(routeOf(rows), aboardOf(rows));
  const seesDoors = riderVisibilityOfRole(actor) === "full";
  const stops = rows.map((row, i) => stopView(row, seesDoors, numbers.get(row.stop.tripId ?? "") ?? null, loads[i]));
  return { shiftId: shift.id, callSign: shift.callSign, manifestVersion: shift.manifestVersion, stops };
}

const stopView = (
  { stop, assignmentStatus }: ManifestRow,
  seesDoors: boolean,
  tripNumber: string | null,
  load: ManifestStopView["load"],
) => ({
  id: stop.id,
  kind: stop.kind,
  tripId: stop.tripId,
  tripNumber,
  facilityId: stop.facilityId,
  // A stop at no facility is where somebody lives.
  lat: (seesDoors || stop.facilityId !== null ? stop.location?.lat : null) ?? null,
  lon: (seesDoors || stop.facilityId !== null ? stop.location?.lng : null) ?? null,
  plannedAt: stop.plannedAt,
  etaAt: stop.etaAt,
  arrivedAt: stop.arrivedAt,
  locked: stop.locked,
  assignmentStatus,
  load,
});
