import "server-only";
import { listOpenExceptions } from "@/db/queries/exceptions";
import type { Ctx } from "@/server/context";
import { severityRank } from "@/server/domain/exceptions/reconcile";
import { read } from "@/server/services/unit-of-work";
import { type ExceptionView, presentException } from "./present-exception";

/** What is open, most severe first, then newest. */
export const listExceptions = (ctx: Ctx): Promise<ExceptionView[]> =>
  read(ctx, async (tx) => {
    const rows = await listOpenExceptions(tx, ctx.actor.agencyId);
    return rows
      .map((row) => presentException(row, ctx))
      .sort((a, b) => severityRank(b.severity) - severityRank(a.severity));
  });
