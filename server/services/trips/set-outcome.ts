import "server-only";
import type { z } from "zod";
import type { Ctx } from "@/server/context";
import { outcomeReasons } from "@/server/domain/trips/closing";
import type { SetOutcome } from "@/server/domain/trips/inputs";
import type { TripView } from "@/server/domain/trips/trip-view";
import { AppError } from "@/server/errors";
import { write } from "@/server/services/unit-of-work";
import { showTrip } from "./show-trips";
import { changeTrip, recordEvent, takeTrip } from "./trip-work";
import { assertOwnTrip } from "./unit-of-trip";

/** Says how a closed trip ended, where it is not what its statuses say. */
export const setOutcome = (ctx: Ctx, input: z.infer<typeof SetOutcome.input>): Promise<TripView> =>
  write(ctx, async (tx, uow) => {
    const { trip, current } = await takeTrip(tx, ctx, input.tripId, input.version);
    await assertOwnTrip(tx, ctx, current?.shiftId ?? null);
    const reasons = outcomeReasons(trip.status, input.outcome);
    if (reasons.length > 0) throw new AppError("rule_broken", "this outcome does not fit", reasons);
    if (trip.outcome === input.outcome) return showTrip(tx, ctx, trip);
    await recordEvent(tx, ctx, trip.id, {
      kind: "outcome",
      status: trip.status,
      assignment: current,
      reason: input.reason,
      data: { was: trip.outcome, outcome: input.outcome },
    });
    const after = await changeTrip(tx, uow, ctx, trip, { action: "trip.outcome", set: { outcome: input.outcome } });
    return showTrip(tx, ctx, after);
  });
