import { offerNextUnits } from "@/server/services/exceptions/offer-next-units";
import { watchExceptions } from "@/server/services/exceptions/watch-exceptions";
import { defineJob } from "./define-job";
import { forEachAgency } from "./run-job";

/** Dark units, late and unacknowledged trips, overdue statuses: whatever follows from states and times. */
export const watchExceptionsJob = defineJob({
  name: "watch-exceptions",
  priority: "high",
  everyS: 10,
  run: (ctx) =>
    forEachAgency(ctx, "watch-exceptions", async (own) => (await watchExceptions(own)) + (await offerNextUnits(own))),
});
