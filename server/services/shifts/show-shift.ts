import "server-only";
import type { Tx } from "@/db/client";
import { crewOf, type ShiftRow } from "@/db/queries/shifts";
import { groupBy } from "@/server/domain/group-by";
import { type Shift, showShift } from "@/server/domain/shifts/shift";

/** Shifts with their crews, in the same order. */
export async function showShifts(tx: Tx, agencyId: string, rows: readonly ShiftRow[]): Promise<Shift[]> {
  const crew = await crewOf(
    tx,
    agencyId,
    rows.map(({ id }) => id),
  );
  const byShift = groupBy(crew, ({ shiftId }) => shiftId);
  return rows.map((row) =>
    showShift(
      row,
      (byShift.get(row.id) ?? []).map(({ userId }) => userId),
    ),
  );
}

export async function showOneShift(tx: Tx, row: ShiftRow): Promise<Shift> {
  const [shown] = await showShifts(tx, row.agencyId, [row]);
  if (!shown) throw new Error("a shift was lost while it was shown");
  return shown;
}
