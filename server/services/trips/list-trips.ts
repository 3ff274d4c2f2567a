import "server-only";
import { z } from "zod";
import type { Tx } from "@/db/client";
import { agencyById } from "@/db/queries/agencies";
import { listTripRows } from "@/db/queries/trips";
import { type Ctx, ownRowsOnly } from "@/server/context";
import { agencyDay } from "@/server/domain/shifts/agency-day";
import type { TripListInput } from "@/server/domain/trips/inputs";
import type { TripView } from "@/server/domain/trips/trip-view";
import { type PublicStatus, statusesNamed, type TripStatus } from "@/server/domain/trips/vocabulary";
import { AppError } from "@/server/errors";
import { type Page, pageOf, parseCursor } from "@/server/services/page";
import { read } from "@/server/services/unit-of-work";
import { showTrips } from "./show-trips";

const Key = z.tuple([z.iso.datetime(), z.uuid()]);
type Named = TripStatus | PublicStatus;

/** Statuses that a filter in either vocabulary means. */
export const statusesOf = (status: Named | Named[] | undefined): TripStatus[] | undefined =>
  status === undefined ? undefined : [...new Set([status].flat().flatMap(statusesNamed))];

/** The moments a period means: a day is the agency's, from its start; `to` is not part of it. */
export async function periodOf(tx: Tx, { actor }: Ctx, { from, to }: Pick<TripListInput, "from" | "to">) {
  const days = typeof from === "string" || typeof to === "string";
  const timeZone = days ? (await agencyById(tx, actor.agencyId)).timeZone : "";
  const moment = (path: string, at: string | Date | undefined) =>
    typeof at === "string" ? startOfDay(path, at, timeZone) : at;
  return { from: moment("from", from), to: moment("to", to) };
}

function startOfDay(path: string, day: string, timeZone: string): Date {
  try {
    return agencyDay(day, timeZone).from;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new AppError("invalid", "not a day", [{ path, code: "invalid", message: "not a day" }]);
  }
}

export const keyOf = (row: { requestedAt: Date; id: string }) => [row.requestedAt.toISOString(), row.id];
export function afterCursor(cursor: string | undefined) {
  const key = parseCursor(cursor, Key);
  return key && { requestedAt: new Date(key[0]), id: key[1] };
}

/** Trips by status, period and vehicle, latest wanted first; a crew gets its own. */
export const listTrips = (ctx: Ctx, input: TripListInput): Promise<Page<TripView>> =>
  read(ctx, async (tx) => {
    const rows = await listTripRows(tx, ctx.actor.agencyId, {
      ...(await periodOf(tx, ctx, input)),
      statuses: statusesOf(input.status),
      vehicleId: input.vehicleId,
      crewUserId: ownRowsOnly(ctx.actor),
      before: afterCursor(input.cursor),
      limit: input.limit + 1,
    });
    const page = pageOf(rows, input.limit, { keyOf, show: (row) => row });
    return { items: await showTrips(tx, ctx, page.items), nextCursor: page.nextCursor };
  });
