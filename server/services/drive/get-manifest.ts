import "server-only";
import type { Tx } from "@/db/client";
import { type ManifestRow, manifestOf } from "@/db/queries/stops";
import { tripRowsOfCrew } from "@/db/queries/trips";
import { crewNames, shiftsOfPerson } from "@/db/queries/units";
import { vehicleById } from "@/db/queries/vehicles";
import type { Ctx } from "@/server/context";
import type { Shift } from "@/server/domain/shifts/shift";
import type { TripView } from "@/server/domain/trips/trip-view";
import type { StopKind } from "@/server/domain/trips/vocabulary";
import { AppError } from "@/server/errors";
import { showOneShift } from "@/server/services/shifts/show-shift";
import { showTrips } from "@/server/services/trips/show-trips";
import { read } from "@/server/services/unit-of-work";

const HOUR_MS = 3_600_000;
/** How far ahead a crew sees its next shift. */
const AHEAD_MS = 16 * HOUR_MS;

export type ManifestStop = {
  id: string;
  kind: StopKind;
  tripId: string | null;
  plannedAt: Date | null;
  etaAt: Date | null;
};
export type Manifest = {
  now: Date;
  /** The shift that is on, else the next one. */
  shift: (Shift & { vehicleNo: string; crewNames: string[] }) | null;
  /** What to do next, in order. */
  stops: ManifestStop[];
  /** The trips of those stops and the ones the crew had since the shift began. */
  trips: TripView[];
};

/** Today's run of the person who asks: shift, stops in order, and trips. */
export const getManifest = (ctx: Ctx): Promise<Manifest> =>
  read(ctx, async (tx) => {
    const { actor, now } = ctx;
    if (actor.kind !== "user") throw new AppError("forbidden", "for crews only");
    const [row] = await shiftsOfPerson(tx, actor.agencyId, actor.userId, now, AHEAD_MS);
    if (!row) return { now, shift: null, stops: [], trips: [] };
    const period = {
      from: new Date(row.startsAt.getTime() - 2 * HOUR_MS),
      to: new Date(row.endsAt.getTime() + 2 * HOUR_MS),
    };
    const shift = await showManifestShift(tx, actor.agencyId, row);
    const stops = await manifestOf(tx, actor.agencyId, row.id);
    const trips = await tripRowsOfCrew(tx, actor.agencyId, actor.userId, period);
    const shown = await showTrips(tx, ctx, trips);
    const known = new Set(shown.map(({ id }) => id));
    return {
      now,
      shift,
      stops: stops.map(asStop).filter(({ tripId }) => tripId === null || known.has(tripId)),
      trips: shown,
    };
  });

async function showManifestShift(tx: Tx, agencyId: string, row: Awaited<ReturnType<typeof shiftsOfPerson>>[number]) {
  const [shift, vehicle, crew] = [
    await showOneShift(tx, row),
    await vehicleById(tx, agencyId, row.vehicleId),
    await crewNames(tx, agencyId, [row.id]),
  ];
  return { ...shift, vehicleNo: vehicle?.vehicleNo ?? "", crewNames: crew.map(({ name }) => name) };
}

const asStop = ({ stop }: ManifestRow): ManifestStop => ({
  id: stop.id,
  kind: stop.kind,
  tripId: stop.tripId,
  plannedAt: stop.plannedAt,
  etaAt: stop.etaAt,
});
