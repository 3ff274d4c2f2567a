import "server-only";
import { refusing } from "@/db/constraint-errors";
import { updateVehicle, vehicleById } from "@/db/queries/vehicles";
import type { Ctx } from "@/server/context";
import type { Vehicle, VehiclePatch } from "@/server/domain/fleet/vehicle";
import { notFound, staleVersion } from "@/server/errors";
import { agencyEvent } from "@/server/realtime/channels";
import { write } from "@/server/services/unit-of-work";
import { VEHICLE_REFUSALS } from "./refusals";
import { showOneVehicle } from "./show-vehicles";

export const editVehicle = (ctx: Ctx, id: string, { version, ...change }: VehiclePatch): Promise<Vehicle> =>
  write(ctx, async (tx, uow) => {
    const { agencyId } = ctx.actor;
    const before = await vehicleById(tx, agencyId, id);
    if (!before || before.deactivatedAt) throw notFound("vehicle");
    const set = { ...change, ...(change.inService === true && { outOfServiceReason: null }) };
    const after = await refusing(VEHICLE_REFUSALS, () => updateVehicle(tx, { agencyId, id, version }, set));
    if (!after) throw staleVersion(await showOneVehicle(tx, ctx, (await vehicleById(tx, agencyId, id)) ?? before));
    uow.audit({ action: "vehicle.edit", entity: "vehicle", entityId: id, fields: Object.keys(change) });
    uow.emit(agencyEvent(agencyId, "unit.changed", { vehicleId: id, version: after.version }));
    return showOneVehicle(tx, ctx, after);
  });
