import "server-only";
import { allowed, router } from "@/server/api/trpc";
import { occupiedCells } from "@/server/services/positions/occupied-cells";
import { SnapshotCellsInput, snapshotCells } from "@/server/services/positions/snapshot-cells";
import { describeRealtimeForConsole } from "@/server/services/realtime/describe-realtime";

/** How the console reaches the realtime server, and what it refetches after a gap. */
export const realtimeRouter = router({
  settings: allowed("realtime.connect").query(({ ctx }) => describeRealtimeForConsole(ctx)),
  positions: allowed("positions.read")
    .input(SnapshotCellsInput)
    .query(({ ctx, input }) => snapshotCells(ctx, input)),
  occupiedCells: allowed("positions.read").query(({ ctx }) => occupiedCells(ctx)),
});
