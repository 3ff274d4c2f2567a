import { PLAN_JOB } from "@/server/services/planning/request-plan";
import { runPlan } from "@/server/services/planning/run-plan";
import { defineJob } from "./define-job";
import { forEachAgency } from "./run-job";

/**
 * Makes the plans that people asked for, one after the other: each takes all processors. Asked for by the request itself;
 * the slot takes up what a worker left behind.
 */
export const makePlansJob = defineJob({
  name: PLAN_JOB.name,
  priority: PLAN_JOB.queue,
  everyS: 15,
  run: (ctx) =>
    forEachAgency(ctx, PLAN_JOB.name, async (agency) => {
      const clock = () => new Date();
      while (await runPlan({ ...agency, now: clock() }, { clock }));
    }),
});
