import type { z } from "zod";
import type { BookingValues, PickedPlace } from "@/components/booking/drafts";
import { EMPTY_BOOKING } from "@/components/booking/drafts";
import type { EndInput, TripPatch } from "@/server/domain/trips/inputs";
import type { TripEnd, TripView } from "@/server/domain/trips/trip-view";

type End = z.input<typeof EndInput>;
type Patch = Omit<z.input<typeof TripPatch>, "version">;

/** An end of a trip as the place field takes it; null when its address may not be seen. */
export function placeOf(end: TripEnd | null): PickedPlace | null {
  if (!end) return null;
  const label = end.facilityName ?? end.address;
  const { lat, lon, zip = null } = end;
  if (!label || lat === undefined || lon === undefined) return null;
  return { label, lat, lon, zip, ...(end.facilityId && { facilityId: end.facilityId }) };
}

/** A place as the API takes it. */
export const endInput = ({ label, lat, lon, zip, facilityId }: PickedPlace, notes: string): End => ({
  ...(facilityId ? { facilityId } : { address: label, lat, lon, ...(zip && { zip }) }),
  ...(notes.trim() && { notes: notes.trim() }),
});

/** A trip as the form shows it. */
export const valuesOfTrip = (trip: TripView): BookingValues => ({
  ...EMPTY_BOOKING,
  pickup: placeOf(trip.pickup),
  pickupNotes: trip.pickup.notes ?? "",
  dropoff: placeOf(trip.dropoff),
  dropoffNotes: trip.dropoff?.notes ?? "",
  when: trip.timing,
  pickupAt: trip.pickup.at,
  appointmentAt: trip.appointmentAt,
  rider: null,
  riderName: trip.riderName ?? "",
  riderPhone: trip.riderPhone ?? "",
  unknownRider: trip.unknownRider,
  level: trip.level,
  priority: trip.priority,
  needs: trip.needs,
  notes: trip.notes ?? "",
});

const asText = (value: unknown) => JSON.stringify(value);
const differs = (a: BookingValues, b: BookingValues, ...fields: (keyof BookingValues)[]) =>
  fields.some((field) => asText(a[field]) !== asText(b[field]));

/** The fields that this dispatcher changed. */
export const changedFields = (was: BookingValues, is: BookingValues): (keyof BookingValues)[] =>
  (Object.keys(was) as (keyof BookingValues)[]).filter((field) => differs(was, is, field));

/** Somebody else's change below one's own: what was not touched here follows theirs. */
export function rebase(base: BookingValues, mine: BookingValues, theirs: BookingValues): BookingValues {
  const own = Object.fromEntries(changedFields(base, mine).map((field) => [field, mine[field]]));
  return { ...theirs, ...own };
}

function riderPatch(was: BookingValues, is: BookingValues): Patch {
  if (!differs(was, is, "rider", "riderName", "riderPhone", "unknownRider")) return {};
  const phone = differs(was, is, "riderPhone") ? { riderPhone: is.riderPhone.trim() || null } : {};
  if (is.rider) return { riderId: is.rider.id, ...phone };
  if (is.unknownRider) return { unknownRider: true, riderId: null, riderName: null, ...phone };
  return {
    ...(differs(was, is, "riderName", "unknownRider") && {
      riderName: is.riderName.trim() || null,
      unknownRider: false,
    }),
    ...phone,
  };
}

/** Only what was changed, as the API takes it; the reason moves the promise along with a new pickup time. */
export function patchOf(was: BookingValues, is: BookingValues, reason: string): Patch {
  const pickup = differs(was, is, "pickup", "pickupNotes", "pickupAt", "when");
  const dropoff = differs(was, is, "dropoff", "dropoffNotes");
  return {
    ...(pickup &&
      is.pickup && {
        pickup: { ...endInput(is.pickup, is.pickupNotes), ...(is.when === "fixed" && { at: is.pickupAt }) },
      }),
    ...(differs(was, is, "when") && { timing: is.when }),
    ...(dropoff && { dropoff: is.dropoff && endInput(is.dropoff, is.dropoffNotes) }),
    ...(differs(was, is, "appointmentAt") && { appointmentAt: is.appointmentAt }),
    ...riderPatch(was, is),
    ...(was.level !== is.level && { level: is.level }),
    ...(was.priority !== is.priority && { priority: is.priority }),
    ...(differs(was, is, "needs") && { needs: is.needs }),
    ...(differs(was, is, "notes") && { notes: is.notes.trim() || null }),
    ...(reason.trim() && { reason: reason.trim() }),
  };
}
