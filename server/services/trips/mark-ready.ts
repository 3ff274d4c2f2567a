import "server-only";
import type { z } from "zod";
import type { Ctx } from "@/server/context";
import type { MarkReady } from "@/server/domain/trips/inputs";
import { timeReasons } from "@/server/domain/trips/status-report";
import type { TripView } from "@/server/domain/trips/trip-view";
import { RESPONSE_TARGET_MINUTES } from "@/server/domain/trips/windows";
import { AppError } from "@/server/errors";
import { write } from "@/server/services/unit-of-work";
import { showTrip } from "./show-trips";
import { changeTrip, recordEvent, takeTrip } from "./trip-work";

/** A will-call rider is ready: from now on the trip has a promise. */
export const markReady = (ctx: Ctx, input: z.infer<typeof MarkReady.input>): Promise<TripView> =>
  write(ctx, async (tx, uow) => {
    const { trip } = await takeTrip(tx, ctx, input.tripId, input.version);
    const no = (path: string, code: string, message: string) =>
      new AppError("rule_broken", message, [{ path, code, message }]);
    if (trip.timing !== "will_call") throw no("timing", "not_will_call", "the trip has its time already");
    if (trip.closedAt) throw no("status", "trip_not_open", `the trip is ${trip.status}`);
    if (trip.readyAt) return showTrip(tx, ctx, trip);
    const readyAt = input.readyAt ?? ctx.now;
    const reasons = timeReasons(readyAt, null, ctx.now);
    if (reasons.length > 0) throw new AppError("rule_broken", "not a time to be ready at", reasons);
    await recordEvent(tx, ctx, trip.id, { kind: "will_call_ready", status: trip.status, happenedAt: readyAt });
    const promisedPickupAt = new Date(readyAt.getTime() + RESPONSE_TARGET_MINUTES[trip.priority] * 60_000);
    const after = await changeTrip(tx, uow, ctx, trip, { action: "trip.ready", set: { readyAt, promisedPickupAt } });
    return showTrip(tx, ctx, after);
  });
