import "server-only";
import type { Ctx } from "@/server/context";
import type { Vehicle } from "@/server/domain/fleet/vehicle";
import { listVehicles } from "./list-vehicles";

/** A console shows the whole fleet; past this many it asks for pages. */
const WHOLE_FLEET = 10_000;

/** Every vehicle of the fleet at once, for a screen that sorts and filters by itself. */
export const listFleet = async (ctx: Ctx): Promise<Vehicle[]> =>
  (await listVehicles(ctx, { limit: WHOLE_FLEET })).items;
