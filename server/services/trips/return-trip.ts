import "server-only";
import type { z } from "zod";
import type { Ctx } from "@/server/context";
import type { ReturnTrip } from "@/server/domain/trips/inputs";
import type { TripView } from "@/server/domain/trips/trip-view";
import { write } from "@/server/services/unit-of-work";
import { takeOff } from "./take-off";
import { shownAfter, takeTrip } from "./trip-work";
import { assertOwnTrip } from "./unit-of-trip";

/** A crew gives a trip back: it is open again, and somebody must look at it. */
export const returnTrip = (ctx: Ctx, input: z.infer<typeof ReturnTrip.input>): Promise<TripView> =>
  write(ctx, async (tx, uow) => {
    const work = await takeTrip(tx, ctx, input.tripId, input.version);
    await assertOwnTrip(tx, ctx, work.current?.shiftId ?? null);
    await takeOff(tx, uow, ctx, work, { kind: "returned", reason: input.reason });
    return shownAfter(tx, ctx, input.tripId);
  });
