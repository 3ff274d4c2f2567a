import "server-only";
import { z } from "zod";
import { allowed, router } from "@/server/api/trpc";
import { FacilityPatch, FacilityStatusChange, NewFacility } from "@/server/domain/fleet/facility";
import { ImportInput } from "@/server/services/csv/import-lines";
import { createFacility } from "@/server/services/facilities/create-facility";
import { deactivateFacility } from "@/server/services/facilities/deactivate-facility";
import { editFacility } from "@/server/services/facilities/edit-facility";
import { importFacilities } from "@/server/services/facilities/import-facilities";
import { listFacilities } from "@/server/services/facilities/list-facilities";
import { setFacilityStatus } from "@/server/services/facilities/set-facility-status";

const Id = z.strictObject({ id: z.uuid() });
const WHOLE_LIST = { limit: 10_000 };

/** Hospitals, nursing homes, dialysis centres: where riders go. */
export const facilitiesRouter = router({
  list: allowed("facilities.read").query(async ({ ctx }) => (await listFacilities(ctx, WHOLE_LIST)).items),
  create: allowed("facilities.write")
    .input(NewFacility)
    .mutation(({ ctx, input }) => createFacility(ctx, input)),
  edit: allowed("facilities.write")
    .input(FacilityPatch.extend(Id.shape))
    .mutation(({ ctx, input: { id, ...change } }) => editFacility(ctx, id, change)),
  setStatus: allowed("facilities.status")
    .input(FacilityStatusChange.extend(Id.shape))
    .mutation(({ ctx, input: { id, ...change } }) => setFacilityStatus(ctx, id, change)),
  deactivate: allowed("facilities.write")
    .input(Id)
    .mutation(({ ctx, input }) => deactivateFacility(ctx, input.id)),
  import: allowed("facilities.write")
    .input(ImportInput)
    .mutation(({ ctx, input }) => importFacilities(ctx, input)),
});
