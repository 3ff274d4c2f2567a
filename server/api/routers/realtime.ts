import "server-only";
import { open, router } from "@/server/api/trpc";
import type { Permission } from "@/server/context";
import { isAllowed } from "@/server/domain/people/permissions";
import { AppError } from "@/server/errors";
import { occupiedCells } from "@/server/services/positions/occupied-cells";
import { SnapshotCellsInput, snapshotCells } from "@/server/services/positions/snapshot-cells";
import { describeRealtimeForConsole } from "@/server/services/realtime/describe-realtime";

/** For a locked console too: the live board goes on behind the lock, and positions hold no patient data. */
const evenLocked = (permission: Permission) =>
  open.use(({ ctx, next }) => {
    const { actor, ...rest } = ctx;
    if (!actor || actor.kind !== "user") throw new AppError("unauthenticated", "sign in first");
    if (!isAllowed(permission, { roles: actor.roles })) throw new AppError("forbidden", "your role may not do this");
    return next({ ctx: { ...rest, actor } });
  });

/** How the console reaches the realtime server, and what it refetches after a gap. */
export const realtimeRouter = router({
  settings: evenLocked("realtime.connect").query(({ ctx }) => describeRealtimeForConsole(ctx)),
  positions: evenLocked("positions.read")
    .input(SnapshotCellsInput)
    .query(({ ctx, input }) => snapshotCells(ctx, input)),
  occupiedCells: evenLocked("positions.read").query(({ ctx }) => occupiedCells(ctx)),
});
