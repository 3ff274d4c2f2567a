import "server-only";
import { z } from "zod";
import { allowed, router } from "@/server/api/trpc";
import { BasePatch, NewBase } from "@/server/domain/fleet/base";
import { NewVehicle, VehiclePatch } from "@/server/domain/fleet/vehicle";
import { createBase } from "@/server/services/bases/create-base";
import { deactivateBase } from "@/server/services/bases/deactivate-base";
import { editBase } from "@/server/services/bases/edit-base";
import { importBases } from "@/server/services/bases/import-bases";
import { listBases } from "@/server/services/bases/list-bases";
import { ImportInput } from "@/server/services/csv/import-lines";
import { createVehicle } from "@/server/services/vehicles/create-vehicle";
import { deactivateVehicle } from "@/server/services/vehicles/deactivate-vehicle";
import { editVehicle } from "@/server/services/vehicles/edit-vehicle";
import { getVehicle } from "@/server/services/vehicles/get-vehicle";
import { importVehicles } from "@/server/services/vehicles/import-vehicles";
import { listFleet } from "@/server/services/vehicles/list-fleet";

const Id = z.strictObject({ id: z.uuid() });
const WHOLE_LIST = { limit: 10_000 };

const vehicles = router({
  list: allowed("vehicles.read").query(({ ctx }) => listFleet(ctx)),
  one: allowed("vehicles.read")
    .input(Id)
    .query(({ ctx, input }) => getVehicle(ctx, input.id)),
  create: allowed("vehicles.write")
    .input(NewVehicle)
    .mutation(({ ctx, input }) => createVehicle(ctx, input)),
  edit: allowed("vehicles.write")
    .input(VehiclePatch.extend(Id.shape))
    .mutation(({ ctx, input: { id, ...change } }) => editVehicle(ctx, id, change)),
  deactivate: allowed("vehicles.write")
    .input(Id)
    .mutation(({ ctx, input }) => deactivateVehicle(ctx, input.id)),
  import: allowed("vehicles.write")
    .input(ImportInput)
    .mutation(({ ctx, input }) => importVehicles(ctx, input)),
});

const bases = router({
  list: allowed("bases.read").query(async ({ ctx }) => (await listBases(ctx, WHOLE_LIST)).items),
  create: allowed("bases.write")
    .input(NewBase)
    .mutation(({ ctx, input }) => createBase(ctx, input)),
  edit: allowed("bases.write")
    .input(BasePatch.extend(Id.shape))
    .mutation(({ ctx, input: { id, ...change } }) => editBase(ctx, id, change)),
  deactivate: allowed("bases.write")
    .input(Id)
    .mutation(({ ctx, input }) => deactivateBase(ctx, input.id)),
  import: allowed("bases.write")
    .input(ImportInput)
    .mutation(({ ctx, input }) => importBases(ctx, input)),
});

/** Trucks and the places they start from. */
export const fleetRouter = router({ vehicles, bases });
