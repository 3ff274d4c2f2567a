import { groupBy } from "@/server/domain/group-by";
import { overlaps, type Period } from "@/server/domain/shifts/planning";
import type { RowReason } from "./read-table";

type Column = "vehicle" | "crew";
/** A truck or a person that a line of the file takes for a period. `said` is what the file calls it. */
export type FileHold = Period & { row: number; column: Column; subjectId: string; said: string };
/** One that a planned shift has already. */
export type StoredHold = Period & { subjectId: string; callSign: string };

/**
 * Every truck and person that would be on two shifts at once. Of two lines of the file the later one is named.
 * @param when - writes a stored shift's period for eyes
 */
export function clashReasons(
  file: readonly FileHold[],
  stored: readonly StoredHold[],
  when: (period: Period) => string,
): RowReason[] {
  const planned = groupBy(stored, ({ subjectId }) => subjectId);
  return [...groupBy(file, ({ subjectId }) => subjectId)].flatMap(([subjectId, holds]) =>
    holds.flatMap((hold, i): RowReason[] => {
      const { row, column, said } = hold;
      const reason = { row, column, code: "overlap" };
      const shift = planned.get(subjectId)?.find((other) => overlaps(hold, other));
      if (shift) return [{ ...reason, message: `${said} is on ${shift.callSign}, ${when(shift)}` }];
      const before = holds.slice(0, i).find((other) => overlaps(hold, other));
      return before ? [{ ...reason, message: `${said} is on row ${before.row} in this period` }] : [];
    }),
  );
}
