import { EXCEPTION_WORDS } from "@/components/exceptions/exception-words";
import { formatMoment } from "@/components/lib/format";
import { tripMark } from "@/components/status/status-marks";
import { LEVEL_SHORT } from "@/components/trips/trip-words";
import type { Column } from "@/components/ui/data-table/data-table";
import type { BoardTrip } from "@/server/domain/trips/board-view";
import { LEVELS } from "@/server/domain/trips/vocabulary";
import { lateMinutes } from "./split-trips";
import {
  EndCell,
  FlagsCell,
  LateCell,
  NeedsCell,
  PatientCell,
  PickupCell,
  pickupTime,
  StatusCell,
  TimeCell,
  UnitCell,
  WaitCell,
} from "./trip-cells";

type TripColumn = Column<BoardTrip>;

const time = (at: Date | null, timeZone: string) => (at ? formatMoment(at, timeZone) : null);

/** When and how it stands. @param timeZone - for the exported file */
const statusColumns = (timeZone: string) =>
  ({
    pickup: {
      id: "pickup",
      header: "Pickup",
      value: (trip) => dueTime(trip),
      cell: (trip) => <PickupCell trip={trip} />,
      exportValue: (trip) => time(pickupTime(trip), timeZone),
      // As wide as "19:45 Wed".
      width: 92,
    },
    wait: {
      id: "wait",
      header: "Waits",
      value: (trip) => dueTime(trip),
      cell: (trip) => <WaitCell trip={trip} />,
      exportValue: (trip) => trip.timing,
      width: { min: 148, grow: 0.6 },
    },
    unit: {
      id: "unit",
      header: "Unit",
      value: (trip) => trip.unit?.callSign ?? null,
      cell: (trip) => <UnitCell trip={trip} />,
      width: { min: 64, grow: 0.3 },
    },
    status: {
      id: "status",
      header: "Status",
      value: (trip) => tripMark(trip.status).word,
      cell: (trip) => <StatusCell trip={trip} />,
      width: { min: 176, grow: 1.2 },
      filter: "choice",
    },
    late: {
      id: "late",
      header: "Late",
      value: (trip) => lateMinutes(trip) || null,
      cell: (trip) => <LateCell trip={trip} />,
      // As wide as "~59 min" and "~12 h 05" with their clock.
      width: 86,
      unsearchable: true,
      exportValue: (trip) => lateMinutes(trip),
    },
    eta: {
      id: "eta",
      header: "ETA",
      value: (trip) => etaOf(trip)?.getTime() ?? null,
      cell: (trip) => <TimeCell at={etaOf(trip)} />,
      exportValue: (trip) => time(etaOf(trip), timeZone),
      width: 52,
    },
  }) satisfies Record<string, TripColumn>;

/** Who and where. @param locked - patient data is neither sorted, found nor exported */
const rideColumns = (locked: boolean) =>
  ({
    patient: {
      id: "patient",
      header: "Patient",
      value: (trip) => (locked ? null : trip.riderName),
      cell: (trip) => <PatientCell trip={trip} />,
      width: { min: 92 },
      filter: "text",
    },
    level: {
      id: "level",
      header: "Level",
      // Sorts by weight and is found by name.
      value: (trip) => `${LEVELS.indexOf(trip.level)} ${LEVEL_SHORT[trip.level]}`,
      cell: (trip) => LEVEL_SHORT[trip.level],
      exportValue: (trip) => trip.level,
      width: 48,
    },
    from: {
      id: "from",
      header: "From",
      value: (trip) => (locked && !trip.from.facilityId ? null : trip.from.label),
      cell: (trip) => <EndCell end={trip.from} />,
      width: { min: 104, grow: 1.2 },
      filter: "text",
    },
    to: {
      id: "to",
      header: "To",
      value: (trip) => (locked && !trip.to?.facilityId ? null : trip.to?.label),
      cell: (trip) => <EndCell end={trip.to} />,
      width: { min: 104, grow: 1.2 },
      filter: "text",
    },
  }) satisfies Record<string, TripColumn>;

/** What it needs, and what must be looked at. */
const factColumns = (timeZone: string) =>
  ({
    appointment: {
      id: "appointment",
      header: "Appt",
      value: (trip) => trip.appointmentAt?.getTime() ?? null,
      cell: (trip) => <TimeCell at={trip.appointmentAt} />,
      exportValue: (trip) => time(trip.appointmentAt, timeZone),
      width: 52,
    },
    needs: {
      id: "needs",
      header: "Needs",
      value: (trip) => trip.needs.join(", ") || null,
      cell: (trip) => <NeedsCell trip={trip} />,
      width: { min: 72, grow: 0.5 },
    },
    flags: {
      id: "flags",
      header: "Look at",
      value: (trip) => trip.exceptions.map((kind) => EXCEPTION_WORDS[kind]).join(", ") || null,
      cell: (trip) => <FlagsCell trip={trip} />,
      width: { min: 116, grow: 0.8 },
    },
    number: {
      id: "number",
      header: "Trip",
      value: (trip) => trip.number,
      width: 78,
    },
    outcome: {
      id: "outcome",
      header: "Outcome",
      value: (trip) => trip.outcome?.replaceAll("_", " ") ?? null,
      width: { min: 100, grow: 0.8 },
      filter: "choice",
    },
  }) satisfies Record<string, TripColumn>;

/** When it is due; a will-call that is not ready is due at no time, and stands last. */
const dueTime = (trip: BoardTrip): number | null =>
  trip.timing === "will_call" && !trip.readyAt && !trip.pickupAt ? null : pickupTime(trip).getTime();

/** The arrival that counts now: at the pickup, then at the drop-off. */
export const etaOf = (trip: BoardTrip): Date | null =>
  trip.status === "loaded" || trip.status === "at_dropoff" ? trip.etaDropoffAt : trip.etaPickupAt;

export type PaneName = "unassigned" | "assigned" | "closed";

/** What moves comes first, so that a narrow pane shows it without scrolling sideways. */
export function tripColumns(pane: PaneName, timeZone: string, locked: boolean): TripColumn[] {
  const c = { ...statusColumns(timeZone), ...rideColumns(locked), ...factColumns(timeZone) };
  const who: TripColumn[] = [c.patient, c.level, c.from, c.to, c.appointment, c.needs];
  if (pane === "unassigned") return [c.pickup, c.wait, ...who, c.flags, c.number];
  if (pane === "closed") return [c.pickup, c.unit, c.status, c.outcome, ...who, c.flags, c.number];
  return [c.pickup, c.unit, c.status, c.late, c.eta, ...who, c.flags, c.number];
}
