import "server-only";
import { allowed, router } from "@/server/api/trpc";
import { NearestAddressInput, nearestAddress } from "@/server/services/places/nearest-address";
import { SearchAddressesInput, searchAddresses } from "@/server/services/places/search-addresses";

/** Finding a place by what somebody types or clicks. */
export const placesRouter = router({
  search: allowed("places.search")
    .input(SearchAddressesInput)
    .query(({ ctx, input }) => searchAddresses(ctx, input)),
  nearest: allowed("places.search")
    .input(NearestAddressInput)
    .query(({ ctx, input }) => nearestAddress(ctx, input)),
});
