import "server-only";
import type { Tx } from "@/db/client";
import { crewNames, nextStops, type UnitRow, unitsOfBoard } from "@/db/queries/units";
import type { Ctx } from "@/server/context";
import type { BoardUnit, UnitPosition } from "@/server/domain/trips/board-view";
import { STOP_KINDS } from "@/server/domain/trips/vocabulary";
import { availabilityOf } from "@/server/domain/units/availability";
import { ageSeconds } from "@/server/domain/units/freshness";
import { openStateReason } from "./state-reason";

const date = (value: string | null) => (value === null ? null : new Date(value));

/**
 * Units of the board with their crews, where they are and where they go next, by call sign.
 * @param only - shifts; left out, all that stand on the board
 */
export async function boardUnits(tx: Tx, ctx: Ctx, until: Date, only?: string[]): Promise<BoardUnit[]> {
  const { actor, now } = ctx;
  const { agencyId } = actor;
  const reading = unitsOfBoard(tx, agencyId, { now, until }, only);
  const ids = only ?? (await reading).map(({ shift }) => shift.id);
  const [rows, crews, stops] = await Promise.all([reading, crewNames(tx, agencyId, ids), nextStops(tx, agencyId, ids)]);
  const crewOf = new Map(ids.map((id): [string, BoardUnit["crew"]] => [id, []]));
  for (const one of crews) crewOf.get(one.shift_id)?.push({ userId: one.user_id, name: one.name });
  const stopOf = new Map(stops.map((stop) => [stop.shift_id, stop]));
  return rows.map((row) => {
    const stop = stopOf.get(row.shift.id);
    const kind = STOP_KINDS.find((word) => word === stop?.kind);
    const next =
      stop && kind ? { kind, tripId: stop.trip_id, etaAt: date(stop.eta_at), plannedAt: date(stop.planned_at) } : null;
    return { ...unitView(row, ctx), crew: crewOf.get(row.shift.id) ?? [], nextStop: next };
  });
}

function unitView(
  { shift, vehicle, position, activeTripIds }: UnitRow,
  ctx: Ctx,
): Omit<BoardUnit, "crew" | "nextStop"> {
  return {
    shiftId: shift.id,
    vehicleId: shift.vehicleId,
    vehicleNo: vehicle.vehicleNo,
    callSign: shift.callSign,
    type: vehicle.type,
    levels: vehicle.levels,
    places: vehicle.places,
    configurations: vehicle.configurations,
    inService: vehicle.inService,
    startsAt: shift.startsAt,
    endsAt: shift.endsAt,
    signedOnAt: shift.signedOnAt,
    signedOffAt: shift.signedOffAt,
    state: shift.state,
    stateReason: openStateReason(ctx, shift),
    stateSince: shift.stateSince,
    stateUntil: shift.stateUntil,
    interruptible: shift.interruptible,
    availability: availabilityOf({ ...shift, activeTrips: activeTripIds.length }),
    position: position && positionView(position, ctx.now),
    activeTripIds,
    manifestVersion: shift.manifestVersion,
    version: shift.version,
  };
}

const positionView = (row: NonNullable<UnitRow["position"]>, now: Date): UnitPosition => ({
  takenAt: row.takenAt,
  receivedAt: row.receivedAt,
  lat: row.location.lat,
  lon: row.location.lng,
  accuracyM: row.accuracyM,
  speedMps: row.speedMps,
  headingDeg: row.headingDeg,
  batteryPct: row.batteryPct,
  charging: row.charging,
  ageS: ageSeconds(row, now),
  source: row.source,
});
