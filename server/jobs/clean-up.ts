import { cleanUpAgency, cleanUpSignIns } from "@/server/services/housekeeping/clean-up";
import { defineJob } from "./define-job";
import { forEachAgency } from "./run-job";

export const cleanUpJob = defineJob({
  name: "clean-up",
  priority: "low",
  everyS: 900,
  run: async (ctx) => {
    await cleanUpSignIns(ctx.db, ctx.now);
    await forEachAgency(ctx, "clean-up", cleanUpAgency);
  },
});
