import "server-only";
import type { z } from "zod";
import type { Ctx } from "@/server/context";
import type { Recall } from "@/server/domain/trips/inputs";
import type { TripView } from "@/server/domain/trips/trip-view";
import { AppError } from "@/server/errors";
import { write } from "@/server/services/unit-of-work";
import { takeOff } from "./take-off";
import { shownAfter, takeTrip } from "./trip-work";

/** The undo of a dispatch: the unit is told to stand down. */
export const recallTrip = (ctx: Ctx, input: z.infer<typeof Recall.input>): Promise<TripView> =>
  write(ctx, async (tx, uow) => {
    const work = await takeTrip(tx, ctx, input.tripId, input.version);
    if (!["dispatched", "acknowledged", "en_route"].includes(work.trip.status)) {
      throw new AppError("rule_broken", "only a unit that is on its way can be recalled", [
        { path: "status", code: "not_recallable", message: `the trip is ${work.trip.status}` },
      ]);
    }
    await takeOff(tx, uow, ctx, work, { kind: "recalled", reason: input.reason });
    return shownAfter(tx, ctx, input.tripId);
  });
