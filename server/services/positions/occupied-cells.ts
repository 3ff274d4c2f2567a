import "server-only";
import { liveUnits } from "@/db/queries/position-leases";
import type { Ctx } from "@/server/context";
import { cellOf } from "@/server/domain/positions/frames";
import { read } from "@/server/services/unit-of-work";

/** H3 cells that have units, fullest first: what a view follows that is too wide for all its cells. */
export async function occupiedCells(ctx: Ctx): Promise<string[]> {
  const { agencyId } = ctx.actor;
  const units = await read(ctx, (tx) => liveUnits(tx, agencyId, "all"));
  const counts = new Map<string, number>();
  for (const unit of units) {
    const cell = cellOf(unit, false);
    counts.set(cell, (counts.get(cell) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a).map(([cell]) => cell);
}
