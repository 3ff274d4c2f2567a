import "server-only";
import type { Tx } from "@/db/client";
import { activeTripCounts } from "@/db/queries/shift-trips";
import { crewOf, shiftsAround } from "@/db/queries/shifts";
import { newestPositions, type VehicleRow } from "@/db/queries/vehicles";
import type { Actor, Ctx } from "@/server/context";
import { showPosition, showVehicle, type Vehicle } from "@/server/domain/fleet/vehicle";
import { groupBy } from "@/server/domain/group-by";
import { isAllowed } from "@/server/domain/people/permissions";
import { shiftCovering } from "@/server/domain/shifts/cover";
import { showShift } from "@/server/domain/shifts/shift";
import { availabilityOf } from "@/server/domain/units/availability";

/** Where trucks are is for those who dispatch them: billing sees the fleet without it. */
const mayLocate = (actor: Actor): boolean =>
  actor.kind === "system" ||
  isAllowed("positions.read", actor.kind === "user" ? { roles: actor.roles } : { scopes: actor.scopes });

/** Vehicles with what is true of them at `ctx.now`: the current shift, availability, the newest position. */
export async function showVehicles(tx: Tx, ctx: Ctx, rows: readonly VehicleRow[]): Promise<Vehicle[]> {
  const { agencyId } = ctx.actor;
  const ids = rows.map(({ id }) => id);
  const [around, positions] = await Promise.all([
    shiftsAround(tx, agencyId, ids, ctx.now),
    mayLocate(ctx.actor) ? newestPositions(tx, agencyId, ids) : [],
  ]);
  const shiftIds = around.map(({ id }) => id);
  const [crew, counts] = await Promise.all([crewOf(tx, agencyId, shiftIds), activeTripCounts(tx, agencyId, shiftIds)]);
  const shiftsOf = groupBy(around, ({ vehicleId }) => vehicleId);
  const crewByShift = groupBy(crew, ({ shiftId }) => shiftId);
  const positionOf = new Map(positions.map((row) => [row.vehicleId, row]));
  return rows.map((row) => {
    const shift = shiftCovering(shiftsOf.get(row.id) ?? [], ctx.now, ctx.now);
    const availability = availabilityOf(shift && { ...shift, activeTrips: counts.get(shift.id) ?? 0 });
    const position = positionOf.get(row.id);
    const people = shift ? (crewByShift.get(shift.id) ?? []).map(({ userId }) => userId) : [];
    return showVehicle(row, {
      availability: availability === "ONLINE" && !row.inService ? "BUSY" : availability,
      shift: shift && showShift(shift, people),
      position: position ? showPosition(position, ctx.now) : null,
    });
  });
}

/** The same for one. */
export async function showOneVehicle(tx: Tx, ctx: Ctx, row: VehicleRow): Promise<Vehicle> {
  const [shown] = await showVehicles(tx, ctx, [row]);
  if (!shown) throw new Error("a vehicle was lost while it was shown");
  return shown;
}
