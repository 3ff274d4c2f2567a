import "server-only";
import { LRUCache } from "lru-cache";
import { nameTokens, open, phoneToken, seal } from "@/server/security/keys";
import { singleton } from "@/server/singleton";

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

type Opened = { sealed: string; plain: string };
/**
 * What the board shows again and again, in this process's memory only: a cache per field, by the trip's id. A key with the
 * ciphertext in it would be hashed anew for each field of each reading.
 */
const opened = (field: Field) =>
  singleton(`opened-board-${field}`, () => new LRUCache<string, Opened>({ max: 10_000, ttl: 900_000 }));

/** The same for lists that are read every few seconds: thousands of fields are not decrypted anew each time. */
export function openOfBoard(field: Field, tripId: string, sealed: string | null): string | null {
  if (sealed === null) return null;
  const cache = opened(field);
  const known = cache.get(tripId);
  if (known?.sealed === sealed) return known.plain;
  const plain = openOfTrip(field, tripId, sealed);
  if (plain !== null) cache.set(tripId, { sealed, plain });
  return plain;
}

const reasonPlace = (eventId: string) => ({ table: "trip_events", column: "reason_enc", rowId: eventId });
/** What a person typed as a reason: it may name a patient. */
export const sealReason = (eventId: string, reason: string | null | undefined) => seal(reasonPlace(eventId), reason);
export const openReason = (eventId: string, sealed: string | null) => open(reasonPlace(eventId), sealed);

/** Blind index of a trip's rider: words of the name with their prefixes, and the phone number. */
export function riderTokens(agencyId: string, name: string | null | undefined, phone: string | null | undefined) {
  const phoneWord = phone ? phoneToken(agencyId, phone) : null;
  return [...(name ? nameTokens(agencyId, name) : []), ...(phoneWord ? [phoneWord] : [])];
}
