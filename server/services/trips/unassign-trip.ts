import "server-only";
import type { z } from "zod";
import type { Ctx } from "@/server/context";
import type { Unassign } from "@/server/domain/trips/inputs";
import type { TripView } from "@/server/domain/trips/trip-view";
import { write } from "@/server/services/unit-of-work";
import { takeOff } from "./take-off";
import { shownAfter, takeTrip } from "./trip-work";

/** Takes the unit off a trip, which goes back to the board. With the rider aboard only another unit may take over. */
export const unassignTrip = (ctx: Ctx, input: z.infer<typeof Unassign.input>): Promise<TripView> =>
  write(ctx, async (tx, uow) => {
    const work = await takeTrip(tx, ctx, input.tripId, input.version);
    await takeOff(tx, uow, ctx, work, { kind: "unassigned", reason: input.reason });
    return shownAfter(tx, ctx, input.tripId);
  });
