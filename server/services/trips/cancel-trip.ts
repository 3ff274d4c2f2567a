import "server-only";
import type { z } from "zod";
import type { Ctx } from "@/server/context";
import { cancellation, cancelReasons } from "@/server/domain/trips/closing";
import type { Cancel } from "@/server/domain/trips/inputs";
import type { TripView } from "@/server/domain/trips/trip-view";
import { AppError } from "@/server/errors";
import { write } from "@/server/services/unit-of-work";
import { closeTrip } from "./close-trip";
import { showTrip } from "./show-trips";
import { clocksOf, shownAfter, takeTrip } from "./trip-work";

/** Cancels a trip; where the unit was decides the outcome. Cancelling it again changes nothing. */
export const cancelTrip = (ctx: Ctx, input: z.infer<typeof Cancel.input>): Promise<TripView> =>
  write(ctx, async (tx, uow) => {
    const work = await takeTrip(tx, ctx, input.tripId, input.version);
    if (work.trip.status === "cancelled") return showTrip(tx, ctx, work.trip);
    const reasons = cancelReasons(work.trip.status);
    if (reasons.length > 0) throw new AppError("rule_broken", "the trip can't be cancelled", reasons);
    const state = { kind: work.trip.kind, status: work.trip.status, clocks: clocksOf(work.current) };
    const closing = cancellation(state, ctx.now, input.callAttempts);
    await closeTrip(tx, uow, ctx, work, { ...closing, status: "cancelled", at: ctx.now, reason: input.reason });
    return shownAfter(tx, ctx, input.tripId);
  });
