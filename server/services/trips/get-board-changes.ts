import "server-only";
import { boardReach } from "@/db/queries/board";
import type { Ctx } from "@/server/context";
import type { BoardAsk, BoardChanges } from "@/server/domain/trips/board-changes";
import { sharedReads } from "@/server/services/shared-read";
import { read } from "@/server/services/unit-of-work";
import { boardNow, boardParts, MAX_TRIPS } from "./board-parts";
import { boardSight } from "./board-sight";

/**
 * What stands on the board now of trips, units and exceptions that changed, and of what they touch. What is another
 * agency's, or on no board now, is not there. Consoles that ask at the same time and may see the same share one reading,
 * and get what any of them asked for.
 */
export function getBoardChanges(ctx: Ctx, asked: BoardAsk): Promise<BoardChanges> {
  const sight = boardSight(ctx);
  if (sight === null) return readChanges(ctx, asked);
  const run = (asks: BoardAsk[]) => readChanges(ctx, together(asks));
  return sharedReads().read(JSON.stringify(["board changes", sight]), asked, run);
}

const together = (asks: readonly BoardAsk[]): BoardAsk => ({
  trips: [...new Set(asks.flatMap(({ trips }) => trips))],
  units: [...new Set(asks.flatMap(({ units }) => units))],
  exceptions: [...new Set(asks.flatMap(({ exceptions }) => exceptions))],
});

const readChanges = (ctx: Ctx, asked: BoardAsk): Promise<BoardChanges> =>
  read(ctx, async (tx) => {
    const [{ from, to }, reach] = await Promise.all([boardNow(tx, ctx), boardReach(tx, ctx.actor.agencyId, asked)]);
    const about = { ...reach, exceptions: asked.exceptions };
    return { now: ctx.now, about, ...(await boardParts(tx, ctx, { from, to, limit: MAX_TRIPS }, about)) };
  });
