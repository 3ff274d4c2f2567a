import "server-only";
import { allowed, router } from "@/server/api/trpc";
import { BoardInput, getBoard } from "@/server/services/trips/get-board";
import { SetAvailabilityInput, setAvailability } from "@/server/services/units/set-availability";
import { SetUnitStateInput, setUnitState } from "@/server/services/units/set-unit-state";

/** The dispatcher's board, and what its units do. */
export const boardRouter = router({
  get: allowed("exceptions.read")
    .input(BoardInput)
    .query(({ ctx, input }) => getBoard(ctx, input)),
  setUnitState: allowed("units.state")
    .input(SetUnitStateInput)
    .mutation(({ ctx, input }) => setUnitState(ctx, input)),
  setAvailability: allowed("me.availability")
    .input(SetAvailabilityInput)
    .mutation(({ ctx, input }) => setAvailability(ctx, input)),
});
