import "server-only";
import { allowed, router } from "@/server/api/trpc";
import { AgencyPatch } from "@/server/domain/people/agency";
import { editAgency } from "@/server/services/agency/edit-agency";
import { getAgency } from "@/server/services/agency/get-agency";

export const agencyRouter = router({
  get: allowed("agency.read").query(({ ctx }) => getAgency(ctx)),
  edit: allowed("agency.write")
    .input(AgencyPatch)
    .mutation(({ ctx, input }) => editAgency(ctx, input)),
});
