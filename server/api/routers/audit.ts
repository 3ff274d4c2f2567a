import "server-only";
import { allowed, router } from "@/server/api/trpc";
import { AuditQuery, listAudit } from "@/server/services/audit/list-audit";

export const auditRouter = router({
  list: allowed("audit.read")
    .input(AuditQuery)
    .query(({ ctx, input }) => listAudit(ctx, input)),
});
