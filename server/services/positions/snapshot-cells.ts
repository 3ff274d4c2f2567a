import "server-only";
import { getResolution, isValidCell } from "h3-js";
import { z } from "zod";
import { currentPositionSeqs, liveUnits } from "@/db/queries/position-leases";
import type { Ctx } from "@/server/context";
import { CELL_RESOLUTION, cellOf, SINGLE_CELL, toRow } from "@/server/domain/positions/frames";
import { PositionRow } from "@/server/realtime/channel-events";
import { read } from "@/server/services/unit-of-work";

const MAX_CELLS = 400;
const Cell = z
  .string()
  .refine((cell) => cell === SINGLE_CELL || (isValidCell(cell) && getResolution(cell) === CELL_RESOLUTION), {
    error: `is neither "all" nor an H3 cell of resolution ${CELL_RESOLUTION}`,
  });

export const SnapshotCellsInput = z.object({ cells: z.array(Cell).min(1).max(MAX_CELLS) });
/** The same out of a query: `?cells=a,b`. */
export const SnapshotCellsQuery = z.object({
  cells: z
    .string()
    .transform((text) => text.split(",").filter(Boolean))
    .pipe(SnapshotCellsInput.shape.cells),
});

export const PositionSnapshot = z.object({
  /** Epoch milliseconds. */
  t: z.number(),
  cells: z.record(z.string(), z.object({ seq: z.int(), v: z.array(PositionRow) })),
});
export type PositionSnapshot = z.infer<typeof PositionSnapshot>;

/** Where the units in these cells are, in the shape of frames, with the number of each cell's last frame. */
export async function snapshotCells(
  ctx: Ctx,
  { cells }: z.infer<typeof SnapshotCellsInput>,
): Promise<PositionSnapshot> {
  const { agencyId } = ctx.actor;
  const nowMs = ctx.now.getTime();
  return read(ctx, async (tx) => {
    // Numbers first: then the positions are at least as new as the frames they name.
    const seqs = await currentPositionSeqs(tx, agencyId, cells);
    const asked: PositionSnapshot["cells"] = Object.fromEntries(
      cells.map((cell) => [cell, { seq: seqs.get(cell) ?? 0, v: [] }]),
    );
    for (const unit of await liveUnits(tx, agencyId, "all")) {
      const row = toRow(unit, nowMs);
      asked[SINGLE_CELL]?.v.push(row);
      asked[cellOf(unit, false)]?.v.push(row);
    }
    return { t: nowMs, cells: asked };
  });
}
