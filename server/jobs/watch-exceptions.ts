import type { Ctx } from "@/server/context";
import { offerNextUnits } from "@/server/services/exceptions/offer-next-units";
import { watchExceptions } from "@/server/services/exceptions/watch-exceptions";
import { defineJob } from "./define-job";
import { forEachAgency } from "./run-job";

const EVERY_S = 10;

const watchAgency = async (ctx: Ctx) => (await watchExceptions(ctx)) + (await offerNextUnits(ctx));

/** Dark units, late and unacknowledged trips, overdue statuses: whatever follows from states and times. */
export const watchExceptionsJob = defineJob({
  name: "watch-exceptions",
  priority: "high",
  everyS: EVERY_S,
  run: (ctx) => forEachAgency(ctx, "watch-exceptions", watchAgency, EVERY_S / 2),
});
