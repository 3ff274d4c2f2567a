import "server-only";
import { allowed, router } from "@/server/api/trpc";
import { KEPT_BOARD_AHEAD_MS } from "@/server/domain/runsheets/run-sheet";
import { BoardAskSchema } from "@/server/domain/trips/board-ask-schema";
import { collectRunSheets } from "@/server/services/runsheets/collect-run-sheets";
import { BoardInput, getBoard } from "@/server/services/trips/get-board";
import { getBoardChanges } from "@/server/services/trips/get-board-changes";
import { getUnitManifest, UnitManifestInput } from "@/server/services/units/get-unit-manifest";
import { lockStop } from "@/server/services/units/lock-stop";
import { ReorderStopsInput, reorderStops } from "@/server/services/units/reorder-stops";
import { SetAvailabilityInput, setAvailability } from "@/server/services/units/set-availability";
import { SetUnitStateInput, setUnitState } from "@/server/services/units/set-unit-state";
import { StopLockInput } from "@/server/services/units/stop-lock";
import { unlockStop } from "@/server/services/units/unlock-stop";

/** The dispatcher's board, and what its units do. */
export const boardRouter = router({
  get: allowed("exceptions.read")
    .input(BoardInput)
    .query(({ ctx, input }) => getBoard(ctx, input)),
  changes: allowed("exceptions.read")
    .input(BoardAskSchema)
    .query(({ ctx, input }) => getBoardChanges(ctx, input)),
  runSheets: allowed("riders.read").query(({ ctx }) => collectRunSheets(ctx, KEPT_BOARD_AHEAD_MS)),
  manifest: allowed("exceptions.read")
    .input(UnitManifestInput)
    .query(({ ctx, input }) => getUnitManifest(ctx, input)),
  reorderStops: allowed("trips.dispatch")
    .input(ReorderStopsInput)
    .mutation(({ ctx, input }) => reorderStops(ctx, input)),
  lockStop: allowed("trips.dispatch")
    .input(StopLockInput)
    .mutation(({ ctx, input }) => lockStop(ctx, input)),
  unlockStop: allowed("trips.dispatch")
    .input(StopLockInput)
    .mutation(({ ctx, input }) => unlockStop(ctx, input)),
  setUnitState: allowed("units.state")
    .input(SetUnitStateInput)
    .mutation(({ ctx, input }) => setUnitState(ctx, input)),
  setAvailability: allowed("me.availability")
    .input(SetAvailabilityInput)
    .mutation(({ ctx, input }) => setAvailability(ctx, input)),
});
