import "server-only";
import { z } from "zod";
import { allowed, router } from "@/server/api/trpc";
import { allPositions } from "@/server/services/positions/list-positions";

const Trail = z.strictObject({ vehicleId: z.uuid(), from: z.date(), to: z.date() });

/** Where vehicles were. */
export const positionsRouter = router({
  /** All stored fixes of a vehicle in a range, ascending; `to` exclusive. */
  trail: allowed("positions.history")
    .input(Trail)
    .query(({ ctx, input: { vehicleId, ...range } }) => allPositions(ctx, vehicleId, range)),
});
