import { Clock, TriangleAlert } from "lucide-react";
import { type DistanceUnit, formatTime } from "@/components/lib/format";
import { Badge } from "@/components/ui/badge";
import type { Column } from "@/components/ui/data-table/data-table";
import type { PlanFigures } from "@/server/domain/plans/figures-schema";
import type { PlanTripView, PlanUnitView } from "@/server/domain/plans/plan-view";
import { CHANGE_WORDS, distanceIn, formatCost, formatDelta, formatMinutes, formatShare } from "./plan-words";

type Unit = PlanUnitView;
type Trip = PlanTripView;

/** The value a plan leads to, and what it was when that differs. */
function Changed({ before, after, format }: { before: number; after: number; format: (value: number) => string }) {
  if (before === 0 && after === 0) return <span className="text-ink-3">–</span>;
  const delta = formatDelta(before, after, format);
  return (
    <span className="tabular-nums">
      {format(after)} {delta !== "±0" && <span className="text-ink-3">{delta}</span>}
    </span>
  );
}

export const Stale = ({ why }: { why: string }) => (
  <Badge tone="caution" title={why}>
    <TriangleAlert size={12} aria-hidden="true" /> changed since
    <span className="sr-only">: {why}</span>
  </Badge>
);

/** Columns of the units of a plan. */
export function unitColumns(distanceUnit: DistanceUnit): Column<Unit>[] {
  const figure = (
    id: keyof PlanFigures,
    header: string,
    width: number,
    format: (value: number) => string,
  ): Column<Unit> => ({
    id,
    header,
    width,
    align: "end",
    value: (unit) => unit.after[id],
    cell: (unit) => <Changed before={unit.before[id]} after={unit.after[id]} format={format} />,
  });
  const count = (id: "added" | "moved" | "removed" | "retimed" | "newBreaks", header: string): Column<Unit> => ({
    id,
    header,
    width: 72,
    align: "end",
    value: (unit) => unit[id],
    cell: (unit) => (unit[id] === 0 ? <span className="text-ink-3">–</span> : unit[id]),
  });
  const distance = distanceIn(distanceUnit);
  return [
    { id: "callSign", header: "Unit", value: (unit) => unit.callSign, width: { min: 110, grow: 1 }, filter: "text" },
    {
      id: "stale",
      header: "Note",
      value: (unit) => (unit.stale.length > 0 ? "changed since" : ""),
      cell: (unit) => unit.stale.length > 0 && <Stale why={unit.stale.join("; ")} />,
      width: 112,
      filter: "choice",
    },
    count("added", "Joins"),
    count("moved", "Leaves"),
    count("removed", "Off"),
    count("retimed", "New time"),
    count("newBreaks", "Breaks"),
    figure("trips", "Trips", 70, String),
    figure("distanceM", "Distance", 120, distance),
    figure("deadheadM", "Empty", 115, distance),
    figure("lateS", "Late", 115, formatMinutes),
    figure("rideS", "On board", 125, formatMinutes),
    figure("overtimeS", "Overtime", 90, formatMinutes),
    figure("cost", "Cost", 90, formatCost),
  ];
}

const time = (at: Date | null, timeZone: string) => (at === null ? "–" : formatTime(at, timeZone));

/** Columns of the trips that a plan changes. */
export const tripColumns = (timeZone: string): Column<Trip>[] => [...placeColumns(timeZone), ...priceColumns];

const placeColumns = (timeZone: string): Column<Trip>[] => [
  { id: "number", header: "Trip", value: (trip) => trip.tripNumber, width: 96, filter: "text" },
  { id: "change", header: "Change", value: (trip) => CHANGE_WORDS[trip.change], width: 100, filter: "choice" },
  {
    id: "from",
    header: "From",
    value: (trip) => trip.from?.callSign ?? "",
    cell: (trip) => trip.from?.callSign ?? <span className="text-ink-3">no unit</span>,
    width: { min: 80, grow: 1 },
    filter: "choice",
  },
  {
    id: "to",
    header: "To",
    value: (trip) => trip.to?.callSign ?? "",
    cell: (trip) => trip.to?.callSign ?? <span className="text-ink-3">no unit</span>,
    width: { min: 80, grow: 1 },
    filter: "choice",
  },
  {
    id: "pickup",
    header: "Pickup",
    value: (trip) => trip.pickupAt?.toISOString() ?? "",
    cell: (trip) => <Times was={trip.from?.pickupAt ?? null} now={trip.pickupAt} timeZone={timeZone} />,
    width: 130,
  },
  {
    id: "dropoff",
    header: "Drop-off",
    value: (trip) => trip.dropoffAt?.toISOString() ?? "",
    cell: (trip) => time(trip.dropoffAt, timeZone),
    width: 90,
  },
];

const priceColumns: Column<Trip>[] = [
  {
    id: "slack",
    header: "Slack",
    value: (trip) => trip.slackS ?? null,
    cell: (trip) => (trip.slackS === null ? "–" : formatMinutes(trip.slackS)),
    width: 80,
    align: "end",
  },
  {
    id: "late",
    header: "Late",
    value: (trip) => trip.lateS ?? null,
    cell: (trip) => <Late lateS={trip.lateS} />,
    width: 90,
    align: "end",
  },
  {
    id: "risk",
    header: "May be late",
    value: (trip) => trip.lateProbability,
    cell: (trip) => formatShare(trip.lateProbability),
    width: 100,
    align: "end",
  },
  {
    id: "cost",
    header: "Cost",
    value: (trip) => trip.cost,
    cell: (trip) => (trip.cost === null ? "–" : formatCost(trip.cost)),
    width: 70,
    align: "end",
  },
  {
    id: "note",
    header: "Note",
    value: noteOf,
    cell: (trip) => (trip.stale ? <Stale why="the trip was edited, given away or closed" /> : noteOf(trip)),
    width: 130,
    filter: "choice",
  },
];

function noteOf(trip: Trip): string {
  if (trip.stale) return "changed since";
  return trip.decision === "open" ? "" : trip.decision;
}

function Times({ was, now, timeZone }: { was: Date | null; now: Date | null; timeZone: string }) {
  const [before, after] = [time(was, timeZone), time(now, timeZone)];
  if (was === null || before === after) return after;
  return (
    <span>
      <span className="text-ink-3">{before}</span> <span aria-hidden="true">›</span>
      <span className="sr-only">becomes</span> {after}
    </span>
  );
}

function Late({ lateS }: { lateS: number | null }) {
  if (lateS === null || lateS < 30) return <span className="text-ink-3">–</span>;
  return (
    <span className="inline-flex items-center gap-1 text-danger">
      <Clock size={12} aria-hidden="true" /> {formatMinutes(lateS)}
    </span>
  );
}
