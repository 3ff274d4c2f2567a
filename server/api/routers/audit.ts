import "server-only";
import { z } from "zod";
import { allowed, router } from "@/server/api/trpc";
import { AuditQuery, listAudit } from "@/server/services/audit/list-audit";

export const auditRouter = router({
  list: allowed("audit.read")
    // A list that is read page by page also says which way; it only ever goes back in time.
    .input(AuditQuery.extend({ direction: z.literal("forward").optional() }))
    .query(({ ctx, input: { direction: _direction, ...query } }) => listAudit(ctx, query)),
});
