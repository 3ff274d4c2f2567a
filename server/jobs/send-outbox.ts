import { sendOutbox } from "@/server/services/outbox/send-outbox";
import { defineJob } from "./define-job";
import { forEachAgency } from "./run-job";

export const sendOutboxJob = defineJob({
  name: "send-outbox",
  priority: "high",
  everyS: 3,
  run: (ctx) => forEachAgency(ctx, "send-outbox", sendOutbox),
});
