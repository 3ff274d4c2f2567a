import { refreshUnderWay } from "@/server/services/trips/refresh-under-way";
import { defineJob } from "./define-job";
import { forEachAgency } from "./run-job";

/** Units move, traffic changes with the hour: arrival times are worked out again while a unit is under way. */
export const refreshEstimatesJob = defineJob({
  name: "refresh-estimates",
  priority: "high",
  everyS: 30,
  run: (ctx) => forEachAgency(ctx, "refresh-estimates", refreshUnderWay),
});
