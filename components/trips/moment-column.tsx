"use client";

import { formatDay, formatMoment, formatTime } from "@/components/lib/format";
import { useAgency } from "@/components/lib/viewer";
import type { Column } from "@/components/ui/data-table/data-table";

function Moment({ at }: { at: Date | null }) {
  const { timeZone } = useAgency();
  if (!at) return <span className="text-ink-3">–</span>;
  return (
    <time dateTime={at.toISOString()} title={formatMoment(at, timeZone)}>
      <span className="text-ink-2">{formatDay(at, timeZone)}</span> {formatTime(at, timeZone)}
    </time>
  );
}

type MomentOf<Row> = { id: string; header: string; at: (row: Row) => Date | null };

/** A column of days and times in the agency's zone, sorted by the moment and exported in full. */
export const momentColumn = <Row,>(timeZone: string, { id, header, at }: MomentOf<Row>): Column<Row> => ({
  id,
  header,
  value: (row) => at(row)?.getTime() ?? null,
  exportValue: (row) => {
    const moment = at(row);
    return moment && formatMoment(moment, timeZone);
  },
  cell: (row) => <Moment at={at(row)} />,
  width: 124,
});
