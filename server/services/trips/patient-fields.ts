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

/** What the board shows again and again, by its ciphertext, which no two fields share; in this process's memory only. */
const opened = () =>
  singleton("opened-board-fields", () => new LRUCache<string, string>({ max: 30_000, ttl: 900_000 }));

/** The same for lists that are read every few seconds: thousands of fields are not decrypted anew each time. */
export function openOfBoard(field: Field, tripId: string, sealed: string | null): string | null {
  if (sealed === null) return null;
  const key = `${field} ${tripId} ${sealed}`;
  const known = opened().get(key);
  if (known !== undefined) return known;
  const plain = openOfTrip(field, tripId, sealed);
  if (plain !== null) opened().set(key, plain);
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
