import type { BoardTrip, CandidatesView } from "@/server/domain/trips/board-view";
import type { AssignmentMode } from "@/server/domain/trips/vocabulary";

type Item = CandidatesView["items"][number];
type Rejected = CandidatesView["rejected"][number];
/** A unit that can go now. */
export type Offer = Pick<Item, "shiftId" | "vehicleId" | "callSign" | "etaS" | "distanceM" | "engine"> & {
  etaPickupAt: Date | null;
  positionAgeS: number | null;
  reasons: Item["reasons"];
};
/** A unit that can't, with all that stands in its way and what could still be done. */
export type Refused = Rejected & { way: "queue" | "override" | "none" };
export type Offers = { offers: Offer[]; refused: Refused[] };

/** How many units the number keys reach. */
export const KEYED_OFFERS = 5;
/** A pickup this near is sent to now; a later one is reserved, in milliseconds. */
const SOON_MS = 60 * 60_000;

/** What a dispatcher most likely wants for this trip now. */
export const usualMode = (
  trip: Pick<BoardTrip, "timing" | "readyAt" | "pickupAt" | "requestedAt">,
  nowMs: number,
): AssignmentMode => {
  if (trip.timing === "will_call" && !trip.readyAt) return "reserve";
  const at = trip.pickupAt ?? trip.readyAt ?? trip.requestedAt;
  return at.getTime() - nowMs < SOON_MS ? "dispatch" : "reserve";
};

/** Busy alone is answered by queueing or sharing; what a person may decide, by a reason; the rest by nothing. */
function wayOf(blockers: Rejected["blockers"]): Refused["way"] {
  if (blockers.length > 0 && blockers.every(({ code }) => code === "busy")) return "queue";
  return blockers.every(({ overridable }) => overridable) ? "override" : "none";
}

/**
 * Who can be sent, in the order of the ranking, and who can't.
 * @param holder - the shift that has the trip now: that it is taken stands in no other unit's way, which takes over
 */
export function offersOf(view: CandidatesView, holder: string | null): Offers {
  const offers: Offer[] = [...view.items];
  const refused: Refused[] = [];
  for (const one of view.rejected) {
    const blockers = holder ? one.blockers.filter(({ code }) => code !== "already_assigned") : one.blockers;
    // The unit that was told already is on the trip: nothing to send.
    if (one.shiftId === holder && blockers.length === 0) continue;
    if (blockers.length > 0) refused.push({ ...one, blockers, way: wayOf(blockers) });
    else offers.push({ ...one, etaPickupAt: null, positionAgeS: null, reasons: [] });
  }
  // Those something can be done about come first.
  const open = refused.filter(({ way }) => way !== "none");
  return { offers, refused: [...open, ...refused.filter(({ way }) => way === "none")] };
}
