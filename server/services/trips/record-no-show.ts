import "server-only";
import type { z } from "zod";
import type { Ctx } from "@/server/context";
import type { NoShow } from "@/server/domain/trips/inputs";
import type { TripView } from "@/server/domain/trips/trip-view";
import { reportStatus } from "./report-status";

/** The rider did not come: with the arrival, the minutes waited and how often they were called. */
export const recordNoShow = (ctx: Ctx, { tripId, ...input }: z.infer<typeof NoShow.input>): Promise<TripView> =>
  reportStatus(ctx, { ...input, tripId, status: "no_show" });
