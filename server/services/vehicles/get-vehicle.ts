import "server-only";
import { vehicleById } from "@/db/queries/vehicles";
import type { Ctx } from "@/server/context";
import type { Vehicle } from "@/server/domain/fleet/vehicle";
import { notFound } from "@/server/errors";
import { read } from "@/server/services/unit-of-work";
import { showOneVehicle } from "./show-vehicles";

export const getVehicle = (ctx: Ctx, id: string): Promise<Vehicle> =>
  read(ctx, async (tx) => {
    const row = await vehicleById(tx, ctx.actor.agencyId, id);
    if (!row || row.deactivatedAt) throw notFound("vehicle");
    return showOneVehicle(tx, ctx, row);
  });
