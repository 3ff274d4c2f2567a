import "server-only";
import { nameTokens, open, phoneToken, seal } from "@/server/security/keys";

/** The encrypted columns of a trip, and what each is called in the clear. */
const COLUMNS = {
  riderName: "rider_name_enc",
  riderPhone: "rider_phone_enc",
  pickupAddress: "pickup_address_enc",
  pickupNotes: "pickup_notes_enc",
  dropoffAddress: "dropoff_address_enc",
  dropoffNotes: "dropoff_notes_enc",
  notes: "notes_enc",
} as const;
type Field = keyof typeof COLUMNS;

const placeOf = (field: Field, tripId: string) => ({ table: "trips", column: COLUMNS[field], rowId: tripId });

/** Encrypts one field of one trip. */
export const sealOfTrip = (field: Field, tripId: string, plain: string | null | undefined): string | null =>
  seal(placeOf(field, tripId), plain);

/** Opens one field of one trip. */
export const openOfTrip = (field: Field, tripId: string, sealed: string | null): string | null =>
  open(placeOf(field, tripId), sealed);

const reasonPlace = (eventId: string) => ({ table: "trip_events", column: "reason_enc", rowId: eventId });
/** What a person typed as a reason: it may name a patient. */
export const sealReason = (eventId: string, reason: string | null | undefined) => seal(reasonPlace(eventId), reason);
export const openReason = (eventId: string, sealed: string | null) => open(reasonPlace(eventId), sealed);

/** Blind index of a trip's rider: words of the name with their prefixes, and the phone number. */
export function riderTokens(agencyId: string, name: string | null | undefined, phone: string | null | undefined) {
  const phoneWord = phone ? phoneToken(agencyId, phone) : null;
  return [...(name ? nameTokens(agencyId, name) : []), ...(phoneWord ? [phoneWord] : [])];
}
