import "server-only";
import { listTripRows } from "@/db/queries/trips";
import { type Ctx, ownRowsOnly } from "@/server/context";
import type { TripSearchInput } from "@/server/domain/trips/inputs";
import type { TripView } from "@/server/domain/trips/trip-view";
import { nameQueryTokens, phoneToken } from "@/server/security/keys";
import { type Page, pageOf } from "@/server/services/page";
import { read } from "@/server/services/unit-of-work";
import { afterCursor, keyOf, periodOf, statusesOf } from "./list-trips";
import { presentTrip, riderVisibilityOfRole, visibilityOf } from "./present-trip";
import { bundlesOf } from "./show-trips";

const PHONE = /^[+\d][\d\s().-]{5,}$/;
const NUMBER = /^(?:T-)?(\d{1,9})$/i;

/**
 * Finds trips by the rider's name (words or their beginnings), the phone number or the trip's number. Names and phones
 * are looked up by keyed tokens, and only for who may see them: a crew finds by name what it may see the rider of now.
 */
export const searchTrips = (ctx: Ctx, input: TripSearchInput): Promise<Page<TripView>> =>
  read(ctx, async (tx) => {
    const { agencyId } = ctx.actor;
    const number = numberOf(input.q);
    const crewUserId = ownRowsOnly(ctx.actor);
    const looksUpRiders = crewUserId !== undefined || riderVisibilityOfRole(ctx.actor) === "full";
    const tokens = looksUpRiders ? tokensOf(agencyId, input.q) : [];
    if (tokens.length === 0 && !number) return { items: [], nextCursor: null };
    const rows = await listTripRows(tx, agencyId, {
      ...(await periodOf(tx, ctx, input)),
      statuses: statusesOf(input.status),
      crewUserId,
      tokens,
      number,
      before: afterCursor(input.cursor),
      limit: input.limit + 1,
    });
    const page = pageOf(rows, input.limit, { keyOf, show: (row) => row });
    const found = (await bundlesOf(tx, ctx, page.items)).filter(
      (one) => one.trip.number === number || visibilityOf(one, ctx.actor, ctx.now) === "full",
    );
    return { items: found.map((one) => presentTrip(one, ctx.actor, ctx.now)), nextCursor: page.nextCursor };
  });

function tokensOf(agencyId: string, q: string): string[] {
  const phone = PHONE.test(q.trim()) ? phoneToken(agencyId, q) : null;
  return phone ? [phone] : nameQueryTokens(agencyId, q);
}

const numberOf = (q: string): string | undefined => {
  const digits = NUMBER.exec(q.trim())?.[1];
  return digits && `T-${digits.padStart(5, "0")}`;
};
