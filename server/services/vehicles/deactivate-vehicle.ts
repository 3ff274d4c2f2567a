import "server-only";
import { shiftsAround } from "@/db/queries/shifts";
import { updateVehicle, vehicleById } from "@/db/queries/vehicles";
import type { Ctx } from "@/server/context";
import { isOn } from "@/server/domain/shifts/cover";
import { notFound, ruleBroken } from "@/server/errors";
import { agencyEvent } from "@/server/realtime/channels";
import { write } from "@/server/services/unit-of-work";

/** Takes a truck out of the fleet; what it did stays. Once is as good as twice. Not while a unit runs on it. */
export const deactivateVehicle = (ctx: Ctx, id: string): Promise<void> =>
  write(ctx, async (tx, uow) => {
    const { agencyId } = ctx.actor;
    if (!(await vehicleById(tx, agencyId, id))) throw notFound("vehicle");
    const done = await updateVehicle(tx, { agencyId, id }, { deactivatedAt: ctx.now });
    if (!done) return;
    const running = (await shiftsAround(tx, agencyId, [id], ctx.now)).find(isOn);
    if (running) throw ruleBroken("id", "on_shift", `${running.callSign} is signed on with this vehicle`);
    uow.audit({ action: "vehicle.deactivate", entity: "vehicle", entityId: id });
    uow.emit(agencyEvent(agencyId, "unit.changed", { vehicleId: id, version: done.version, status: "removed" }));
  });
