import "server-only";
import type { NewVehicle as VehicleInsert } from "@/db/queries/vehicles";
import { actorUserId, type Ctx } from "@/server/context";
import { USUAL_CAPACITY } from "@/server/domain/fleet/defaults";
import type { NewVehicle } from "@/server/domain/fleet/vehicle";
import { newId } from "@/server/ids";

/** A new vehicle as it is stored: what was left out is what is usual for its type. */
export const vehicleRow = (ctx: Ctx, given: NewVehicle): VehicleInsert => ({
  agencyId: ctx.actor.agencyId,
  id: newId(),
  ...USUAL_CAPACITY[given.type],
  callSign: given.vehicleNo.slice(0, 24),
  ...given,
  createdBy: actorUserId(ctx.actor) ?? null,
});
