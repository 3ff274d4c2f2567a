import type { z } from "zod";
import type { BookTripInput } from "@/server/domain/trips/inputs";
import type { BookingValues, PickedPlace } from "./drafts";

export type Booking = z.input<typeof BookTripInput>;
/** What stands in the way of booking, per field of the form. */
export type Missing = Partial<Record<keyof BookingValues, string>>;

export type PlaceEnd = "pickup" | "dropoff";
/** What was typed for an end and is no place. */
export type LooseEnds = Partial<Record<PlaceEnd, string>>;
const LOOSE = "What was typed is no place yet: take one from the list";

/** A place that was meant is not left out, nor is the one that stood there before taken for it. */
export function looseIn({ pickup, dropoff }: LooseEnds): Missing {
  return { ...(pickup && { pickup: LOOSE }), ...(dropoff && { dropoff: LOOSE }) };
}

/** What is still missing; empty means it can be booked. The rest the server decides. */
export function missingIn(values: BookingValues, loose: LooseEnds = {}): Missing {
  const missing = looseIn(loose);
  if (!values.pickup) missing.pickup ??= "Where is the pickup?";
  if (values.when === "fixed" && !values.pickupAt && !values.appointmentAt) missing.pickupAt = "At what time?";
  if (!values.rider && !values.riderName.trim() && !values.unknownRider) missing.riderName = "A name, or not known yet";
  return missing;
}

const endOf = ({ label, lat, lon, zip, facilityId }: PickedPlace, notes: string) => ({
  ...(facilityId ? { facilityId } : { address: label, lat, lon, ...(zip && { zip }) }),
  ...(notes.trim() && { notes: notes.trim() }),
});

/** The form's values as the booking that the API takes. @throws Error while something is missing */
export function toBooking(values: BookingValues): Booking {
  if (!values.pickup) throw new Error("a booking needs a pickup");
  const isFixed = values.when === "fixed";
  return {
    level: values.level,
    priority: values.priority,
    timing: values.when,
    pickup: {
      ...endOf(values.pickup, values.pickupNotes),
      ...(isFixed && values.pickupAt && { at: values.pickupAt }),
    },
    ...(values.dropoff && { dropoff: endOf(values.dropoff, values.dropoffNotes) }),
    ...(values.appointmentAt && { appointmentAt: values.appointmentAt }),
    ...riderOf(values),
    ...(values.needs.length > 0 && { needs: values.needs }),
    ...(values.notes.trim() && { notes: values.notes.trim() }),
  };
}

function riderOf({ rider, riderName, riderPhone, unknownRider }: BookingValues): Partial<Booking> {
  const phone = riderPhone.trim() && { riderPhone: riderPhone.trim() };
  if (rider) return { riderId: rider.id, ...phone };
  if (unknownRider) return { unknownRider: true, ...phone };
  return { riderName: riderName.trim(), ...phone };
}

const FIELD_OF: [start: string, field: keyof BookingValues][] = [
  ["pickup.at", "pickupAt"],
  ["pickup.earliest", "pickupAt"],
  ["pickup.latest", "pickupAt"],
  ["pickup", "pickup"],
  ["dropoff", "dropoff"],
  ["appointmentAt", "appointmentAt"],
  ["riderId", "riderName"],
  ["riderName", "riderName"],
  ["unknownRider", "riderName"],
  ["riderPhone", "riderPhone"],
  ["needs", "needs"],
  ["level", "level"],
  ["passengers", "level"],
  ["priority", "priority"],
  ["notes", "notes"],
];

/** Which field of the form a path of the API's reasons belongs to; the first that fits. */
export const fieldOfPath = (path: string): keyof BookingValues | null =>
  FIELD_OF.find(([start]) => path.startsWith(start))?.[1] ?? null;
