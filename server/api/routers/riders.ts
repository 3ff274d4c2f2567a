import { allowed, router } from "@/server/api/trpc";
import { CreateRiderInput, createRider } from "@/server/services/riders/create-rider";
import { EditRiderInput, editRider } from "@/server/services/riders/edit-rider";
import { GetRiderInput, getRider } from "@/server/services/riders/get-rider";
import { SearchRidersInput, searchRiders } from "@/server/services/riders/search-riders";

export const ridersRouter = router({
  search: allowed("riders.read")
    .input(SearchRidersInput)
    .query(({ ctx, input }) => searchRiders(ctx, input)),
  get: allowed("riders.read")
    .input(GetRiderInput)
    .query(({ ctx, input }) => getRider(ctx, input)),
  create: allowed("riders.write")
    .input(CreateRiderInput)
    .mutation(({ ctx, input }) => createRider(ctx, input)),
  edit: allowed("riders.write")
    .input(EditRiderInput)
    .mutation(({ ctx, input }) => editRider(ctx, input)),
});
