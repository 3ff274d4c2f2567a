import { cleanUpAgency, cleanUpSignIns } from "@/server/services/housekeeping/clean-up";
import { sealHomes } from "@/server/services/riders/seal-homes";
import { defineJob } from "./define-job";
import { forEachAgency } from "./run-job";

export const cleanUpJob = defineJob({
  name: "clean-up",
  priority: "low",
  everyS: 900,
  run: async (ctx) => {
    await cleanUpSignIns(ctx.db, ctx.now);
    await forEachAgency(ctx, "clean-up", async (agency) => {
      await cleanUpAgency(agency);
      await sealHomes(agency);
    });
  },
});
