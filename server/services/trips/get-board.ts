import "server-only";
import { z } from "zod";
import type { Ctx } from "@/server/context";
import type { BoardView } from "@/server/domain/trips/board-view";
import { TimeOrDay } from "@/server/domain/trips/inputs";
import { sharedReads } from "@/server/services/shared-read";
import { read } from "@/server/services/unit-of-work";
import { boardNow, boardParts, MAX_TRIPS } from "./board-parts";
import { boardSight } from "./board-sight";
import { periodOf } from "./list-trips";

/** A period of the board, half-open; without one it is the agency's day and the hours ahead. */
export const BoardInput = z.strictObject({
  from: TimeOrDay.optional(),
  to: TimeOrDay.optional(),
  limit: z.int().min(1).max(MAX_TRIPS).default(MAX_TRIPS),
});
export type BoardInput = z.infer<typeof BoardInput>;

/** Everything the dispatcher's board needs, in one go: trips, units and what must be looked at. */
export function getBoard(ctx: Ctx, input: BoardInput): Promise<BoardView> {
  const sight = boardSight(ctx);
  if (sight === null) return readBoard(ctx, input);
  return sharedReads().read(JSON.stringify(["board", sight, input]), null, () => readBoard(ctx, input));
}

const readBoard = (ctx: Ctx, input: BoardInput): Promise<BoardView> =>
  read(ctx, async (tx) => {
    const { timeZone, ...near } = await boardNow(tx, ctx);
    const asked = await periodOf(tx, ctx, input);
    const scope = { from: asked.from ?? near.from, to: asked.to ?? near.to, limit: input.limit };
    return { now: ctx.now, timeZone, ...(await boardParts(tx, ctx, scope)) };
  });
