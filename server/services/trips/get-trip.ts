import "server-only";
import type { Ctx } from "@/server/context";
import type { TripView } from "@/server/domain/trips/trip-view";
import { read } from "@/server/services/unit-of-work";
import { visibleTrip } from "./visible-trip";

/** One trip as this caller may see it. */
export const getTrip = (ctx: Ctx, { tripId }: { tripId: string }): Promise<TripView> =>
  read(ctx, async (tx) => (await visibleTrip(tx, ctx, tripId)).view);
