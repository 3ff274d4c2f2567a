import "server-only";
import type { z } from "zod";
import type { Ctx } from "@/server/context";
import type { ManifestView } from "@/server/domain/trips/board-view";
import { changeStopLock, type StopLockInput } from "./stop-lock";

/**
 * Locks a stop where it is: neither a planner nor a dispatch puts anything before it, and nobody moves it until it is
 * unlocked. A stop that is locked already stays so.
 * @throws AppError not_found, conflict with the manifest as it is when it was changed meanwhile
 */
export const lockStop = (ctx: Ctx, input: z.infer<typeof StopLockInput>): Promise<ManifestView> =>
  changeStopLock(ctx, input, true);
