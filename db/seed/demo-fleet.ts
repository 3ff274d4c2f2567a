import type { Ctx } from "@/server/context";
import { listBases } from "@/server/services/bases/list-bases";
import { createVehicle } from "@/server/services/vehicles/create-vehicle";
import { listFleet } from "@/server/services/vehicles/list-fleet";
import type { DemoVehicle } from "./demo-roster";

const OTHER_SET_UPS = [
  { ambulatory: 6, wheelchair: 0, stretcher: 0 },
  { ambulatory: 1, wheelchair: 3, stretcher: 0 },
];

/** The trucks that the agency lacks, spread over its bases. @returns vehicle ids by call sign */
export async function ensureVehicles(admin: Ctx, wanted: readonly DemoVehicle[]): Promise<Map<string, string>> {
  const { items: bases } = await listBases(admin, { limit: 200 });
  const present = await listFleet(admin);
  const ids = new Map(present.map(({ callSign, id }) => [callSign, id]));
  const numbers = new Set(present.map(({ vehicleNo }) => vehicleNo));
  for (const [i, { outOfServiceReason, ...vehicle }] of wanted.entries()) {
    if (numbers.has(vehicle.vehicleNo)) continue;
    const made = await createVehicle(admin, {
      ...vehicle,
      baseId: bases[i % Math.max(1, bases.length)]?.id ?? null,
      ...(vehicle.type === "wheelchair_van" && { configurations: OTHER_SET_UPS }),
      ...(outOfServiceReason && { inService: false, outOfServiceReason }),
    });
    ids.set(made.callSign, made.id);
  }
  return ids;
}
