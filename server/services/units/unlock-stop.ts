import "server-only";
import type { z } from "zod";
import type { Ctx } from "@/server/context";
import type { ManifestView } from "@/server/domain/trips/board-view";
import { changeStopLock, type StopLockInput } from "./stop-lock";

/**
 * Unlocks a stop: planners and dispatchers may move it again. One that is not locked stays so.
 * @throws AppError not_found, conflict with the manifest as it is when it was changed meanwhile
 */
export const unlockStop = (ctx: Ctx, input: z.infer<typeof StopLockInput>): Promise<ManifestView> =>
  changeStopLock(ctx, input, false);
