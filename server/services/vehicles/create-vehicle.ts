import "server-only";
import { refusing } from "@/db/constraint-errors";
import { insertVehicles } from "@/db/queries/vehicles";
import type { Ctx } from "@/server/context";
import type { NewVehicle, Vehicle } from "@/server/domain/fleet/vehicle";
import { agencyEvent } from "@/server/realtime/channels";
import { write } from "@/server/services/unit-of-work";
import { VEHICLE_REFUSALS } from "./refusals";
import { showOneVehicle } from "./show-vehicles";
import { vehicleRow } from "./vehicle-row";

/** Adds a truck to the fleet. */
export const createVehicle = (ctx: Ctx, input: NewVehicle): Promise<Vehicle> =>
  write(ctx, async (tx, uow) => {
    const [made] = await refusing(VEHICLE_REFUSALS, () => insertVehicles(tx, [vehicleRow(ctx, input)]));
    if (!made) throw new Error("insert gave no row");
    uow.audit({ action: "vehicle.create", entity: "vehicle", entityId: made.id });
    uow.emit(agencyEvent(ctx.actor.agencyId, "unit.changed", { vehicleId: made.id, version: made.version }));
    return showOneVehicle(tx, ctx, made);
  });
