import "server-only";
import { agencyById } from "@/db/queries/agencies";
import { tripRowsOfCrew } from "@/db/queries/trips";
import { actorUserId, type Ctx } from "@/server/context";
import { agencyDay, dayAt } from "@/server/domain/shifts/agency-day";
import type { TripView } from "@/server/domain/trips/trip-view";
import { AppError } from "@/server/errors";
import type { Page } from "@/server/services/page";
import { read } from "@/server/services/unit-of-work";
import { showTrips } from "./show-trips";

/** The caller's trips of a day of the agency (today unless one is named), and those it is doing now, by time. */
export const myTrips = (ctx: Ctx, { date }: { date?: string | undefined }): Promise<Page<TripView>> =>
  read(ctx, async (tx) => {
    const { agencyId } = ctx.actor;
    const userId = actorUserId(ctx.actor);
    if (userId === undefined) return { items: [], nextCursor: null };
    const { timeZone } = await agencyById(tx, agencyId);
    const rows = await tripRowsOfCrew(tx, agencyId, userId, dayOf(date ?? dayAt(ctx.now, timeZone), timeZone));
    return { items: await showTrips(tx, ctx, rows), nextCursor: null };
  });

function dayOf(day: string, timeZone: string) {
  try {
    return agencyDay(day, timeZone);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new AppError("invalid", "not a day", [{ path: "date", code: "invalid", message: "not a day" }]);
  }
}
