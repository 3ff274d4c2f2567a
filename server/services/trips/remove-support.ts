import "server-only";
import type { z } from "zod";
import type { Ctx } from "@/server/context";
import type { ReleaseSupportInput } from "@/server/domain/trips/inputs";
import { isSupport, isSupporting } from "@/server/domain/trips/support";
import type { TripView } from "@/server/domain/trips/trip-view";
import { notFound } from "@/server/errors";
import { write } from "@/server/services/unit-of-work";
import { showTrip } from "./show-trips";
import { endSupports, lockUnitsOf, releaseSupports } from "./support-units";
import { changeTrip, shownAfter, takeTrip } from "./trip-work";

/**
 * Sends a supporting unit home: it keeps its clocks and is free again. One that is done or was sent home stays as it is.
 * @throws AppError not_found when the trip has no such supporting unit
 */
export const removeSupport = (ctx: Ctx, input: z.infer<typeof ReleaseSupportInput>): Promise<TripView> =>
  write(ctx, async (tx, uow) => {
    const { trip, assignments } = await takeTrip(tx, ctx, input.tripId, input.version);
    const support = assignments.find((one) => one.id === input.assignmentId && isSupport(one));
    if (!support) throw notFound("assignment");
    if (!isSupporting(support)) return showTrip(tx, ctx, trip);
    await lockUnitsOf(tx, ctx, [support]);
    await endSupports(tx, ctx, trip, [support], { reason: "released", at: ctx.now, why: input.reason });
    await changeTrip(tx, uow, ctx, trip, { action: "trip.support_release", newChannel: true, set: {} });
    await releaseSupports(tx, uow, ctx, [support], ctx.now);
    return shownAfter(tx, ctx, trip.id);
  });
