import { TriangleAlert } from "lucide-react";
import { formatTime, formatTimeOrDay } from "@/components/lib/format";
import { StatusBadge } from "@/components/status/status-badge";
import type { Column } from "@/components/ui/data-table/data-table";
import { clockOf } from "@/server/domain/csv/shift-times";
import type { Shift } from "@/server/domain/shifts/shift";
import { breaksText } from "./breaks-text";
import { DayLine } from "./day-line";
import { shiftMark } from "./shift-state";
import { SignButton } from "./sign-button";

export type PlanContext = {
  timeZone: string;
  /** Epoch milliseconds of the day that is shown. */
  from: number;
  to: number;
  nowMs: number;
  vehicleNo: (vehicleId: string) => string;
  nameOf: (userId: string) => string;
  /** The person in a file: the e-mail, where this viewer may know it. */
  emailOf: (userId: string) => string;
  isOnTrip: (shiftId: string) => boolean;
  /** Why a shift can't start as planned, in words. */
  clashOf: (shiftId: string) => string | undefined;
};

const at = (text: string) => new Date(text);

/** The columns of the day's plan; its export can be imported again. */
export function shiftColumns(context: PlanContext): Column<Shift>[] {
  const { from, to, nowMs, vehicleNo, nameOf } = context;
  const markOf = (shift: Shift) => shiftMark(shift, nowMs, context.isOnTrip(shift.id));
  const [planned, worked] = timeColumns(context);
  return [
    { id: "callSign", header: "Call sign", value: (row) => row.callSign, width: 96, filter: "text" },
    {
      id: "status",
      header: "Status",
      value: (row) => markOf(row).word,
      cell: (row) => <StatusBadge {...markOf(row)} />,
      width: 136,
      filter: "choice",
    },
    { id: "vehicle", header: "Vehicle", value: (row) => vehicleNo(row.vehicleId), width: 84, filter: "text" },
    {
      id: "crew",
      header: "Crew",
      value: (row) => row.crew.map(nameOf).join(", "),
      exportValue: (row) => row.crew.map(context.emailOf).join(" "),
      cell: (row) => <CrewCell names={row.crew.map(nameOf)} clash={context.clashOf(row.id)} />,
      width: { min: 180, grow: 2 },
      filter: "text",
    },
    ...planned,
    {
      id: "breaks",
      header: "Breaks",
      value: (row) => breaksText(row, context.timeZone),
      cell: (row) => breaksText(row, context.timeZone) || <span className="text-ink-3">–</span>,
      width: 130,
    },
    {
      id: "line",
      header: "Day",
      value: () => null,
      exportValue: (row) => clockOf(at(row.startsAt), context.timeZone).day,
      cell: (row) => <DayLine shift={row} from={from} to={to} />,
      width: { min: 160, grow: 3 },
      sortable: false,
      unsearchable: true,
    },
    ...worked,
    {
      id: "sign",
      header: "Sign",
      value: () => null,
      cell: (row) => <SignButton shift={row} nowMs={nowMs} />,
      width: 92,
      sortable: false,
      unsearchable: true,
    },
  ];
}

/** When it is planned, and when it was worked. */
function timeColumns({ from, timeZone }: PlanContext): [Column<Shift>[], Column<Shift>[]] {
  const dayStart = new Date(from);
  const planned: Column<Shift>[] = [
    {
      id: "startsAt",
      header: "From",
      value: (row) => row.startsAt,
      exportValue: (row) => clockOf(at(row.startsAt), timeZone).time,
      cell: (row) => formatTimeOrDay(at(row.startsAt), dayStart, timeZone),
      width: 96,
      align: "end",
    },
    {
      id: "endsAt",
      header: "To",
      value: (row) => row.endsAt,
      exportValue: (row) => clockOf(at(row.endsAt), timeZone).time,
      cell: (row) => formatTimeOrDay(at(row.endsAt), dayStart, timeZone),
      width: 96,
      align: "end",
    },
  ];
  const worked: Column<Shift>[] = [
    {
      id: "signedOnAt",
      header: "On",
      value: (row) => row.signedOnAt,
      cell: (row) => (row.signedOnAt ? formatTime(at(row.signedOnAt), timeZone) : "–"),
      width: 60,
      align: "end",
    },
    {
      id: "signedOffAt",
      header: "Off",
      value: (row) => row.signedOffAt,
      cell: (row) => (row.signedOffAt ? formatTime(at(row.signedOffAt), timeZone) : "–"),
      width: 60,
      align: "end",
    },
  ];
  return [planned, worked];
}

function CrewCell({ names, clash }: { names: string[]; clash?: string | undefined }) {
  const text = names.join(", ");
  return (
    <span className="flex min-w-0 items-center gap-1.5" title={clash ?? text}>
      {clash && <TriangleAlert size={14} aria-label={clash} className="shrink-0 text-danger" />}
      <span className="truncate">{text || <span className="text-ink-3">Nobody yet</span>}</span>
    </span>
  );
}
