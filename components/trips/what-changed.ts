import type { RefusalReason } from "@/components/lib/errors";
import { tripMark } from "@/components/status/status-marks";
import type { BoardTrip } from "@/server/domain/trips/board-view";
import type { TripView } from "@/server/domain/trips/trip-view";
import { LEVEL_SHORT, PRIORITY_WORDS } from "./trip-words";

/** The part of a trip that two dispatchers may both be changing, as text. Null is "not there". */
export type TripFacts = Record<
  "Status" | "Unit" | "Pickup time" | "Appointment" | "Level" | "Priority" | "Needs" | "From" | "To" | "Rider",
  string | null
>;
export type Change = { what: keyof TripFacts; was: string | null; is: string | null };
type Show = (at: Date) => string;

const shown = (at: Date | null, show: Show) => (at ? show(at) : null);

export const factsOfRow = (trip: BoardTrip, show: Show): TripFacts => ({
  Status: tripMark(trip.status).word,
  Unit: trip.unit?.callSign ?? null,
  "Pickup time": shown(trip.pickupAt, show),
  Appointment: shown(trip.appointmentAt, show),
  Level: LEVEL_SHORT[trip.level],
  Priority: PRIORITY_WORDS[trip.priority],
  Needs: trip.needs.join(", ") || null,
  From: trip.from.label,
  To: trip.to?.label ?? null,
  Rider: trip.riderName,
});

export const factsOfTrip = (trip: TripView, show: Show): TripFacts => ({
  Status: tripMark(trip.status).word,
  Unit: trip.assignment?.callSign ?? null,
  "Pickup time": shown(trip.pickup.at, show),
  Appointment: shown(trip.appointmentAt, show),
  Level: LEVEL_SHORT[trip.level],
  Priority: PRIORITY_WORDS[trip.priority],
  Needs: trip.needs.join(", ") || null,
  From: trip.pickup.facilityName ?? trip.pickup.address ?? null,
  To: trip.dropoff ? (trip.dropoff.facilityName ?? trip.dropoff.address ?? null) : null,
  Rider: trip.riderName ?? null,
});

/** What is different now, in the order of the facts. */
export const changesBetween = (was: TripFacts, is: TripFacts): Change[] =>
  (Object.keys(was) as (keyof TripFacts)[])
    .filter((what) => was[what] !== is[what])
    .map((what) => ({ what, was: was[what], is: is[what] }));

/** The trip that a 409 brings along: as it is now. */
export function currentTrip(reasons: readonly RefusalReason[]): TripView | null {
  const current = reasons.find((reason) => reason.current !== undefined)?.current;
  if (typeof current !== "object" || current === null) return null;
  return "pickup" in current && "version" in current && "status" in current ? (current as TripView) : null;
}
