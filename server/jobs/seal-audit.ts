import { sealAudit } from "@/server/services/audit/seal-audit";
import { defineJob } from "./define-job";
import { forEachAgency } from "./run-job";

export const sealAuditJob = defineJob({
  name: "seal-audit",
  priority: "low",
  everyS: 60,
  run: (ctx) => forEachAgency(ctx, "seal-audit", sealAudit),
});
