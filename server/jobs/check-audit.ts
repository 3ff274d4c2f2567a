import { assertAuditChain } from "@/server/services/audit/check-audit-chain";
import { defineJob } from "./define-job";
import { forEachAgency } from "./run-job";

/** Has anybody changed what the audit log said? A chain that nobody looks at proves nothing. */
export const checkAuditJob = defineJob({
  name: "check-audit",
  priority: "low",
  everyS: 86_400,
  run: (ctx) => forEachAgency(ctx, "check-audit", assertAuditChain),
});
