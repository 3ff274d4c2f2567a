import "server-only";
import { refusing } from "@/db/constraint-errors";
import { moveAssignments, openTripsOf } from "@/db/queries/shift-trips";
import { updateShift } from "@/db/queries/shifts";
import type { Ctx } from "@/server/context";
import type { Shift, SwapVehicle } from "@/server/domain/shifts/shift";
import { swapReasons } from "@/server/domain/shifts/swap-vehicle";
import { AppError, notFound } from "@/server/errors";
import { agencyEvent } from "@/server/realtime/channels";
import { write } from "@/server/services/unit-of-work";
import { lockOwnShift } from "./own-shift";
import { vehicleOf } from "./planned-with";
import { SHIFT_REFUSALS } from "./refusals";
import { showOneShift } from "./show-shift";
import { recordUnitEvent } from "./unit-event";

/** The crew changes trucks: call sign, manifest and unfinished trips go along. */
export const swapVehicle = (ctx: Ctx, id: string, { vehicleId, version }: SwapVehicle): Promise<Shift> =>
  write(ctx, async (tx, uow) => {
    const { agencyId } = ctx.actor;
    const before = await lockOwnShift(tx, ctx, id, version);
    const truck = await vehicleOf(tx, agencyId, vehicleId);
    const trips = (await openTripsOf(tx, agencyId, id)).map((trip) => ({
      ...trip,
      riderAboard: trip.status === "loaded" || trip.status === "at_dropoff",
    }));
    const reasons = swapReasons(before, truck, trips);
    if (reasons.length > 0) throw new AppError("rule_broken", "the unit can't change to this vehicle", reasons);
    const after = await refusing(SHIFT_REFUSALS, () => updateShift(tx, { agencyId, id }, { vehicleId }));
    if (!after) throw notFound("shift");
    await moveAssignments(tx, agencyId, id, vehicleId);
    const data = { fromVehicleId: before.vehicleId, vehicleId };
    await recordUnitEvent(tx, ctx, id, { kind: "vehicle_swapped", data });
    uow.audit({ action: "shift.swap_vehicle", entity: "shift", entityId: id, fields: ["vehicleId"] });
    const changed = { shiftId: id, version: after.version, status: "swapped" };
    uow.emit(agencyEvent(agencyId, "unit.changed", { ...changed, vehicleId }));
    uow.emit(agencyEvent(agencyId, "unit.changed", { ...changed, vehicleId: before.vehicleId }));
    for (const { tripId, version: tripVersion, tripStatus } of trips) {
      uow.emit(agencyEvent(agencyId, "trip.changed", { tripId, version: tripVersion, status: tripStatus }));
    }
    return showOneShift(tx, after);
  });
