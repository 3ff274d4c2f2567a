import "server-only";
import { z } from "zod";
import { listPlanRows } from "@/db/queries/planning";
import type { Ctx } from "@/server/context";
import type { PlanView } from "@/server/domain/plans/plan-view";
import { type Page, PageInput, pageOf, parseCursor } from "@/server/services/page";
import { read } from "@/server/services/unit-of-work";
import { showPlan } from "./show-plan";

export const ListPlansInput = PageInput.extend({
  date: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/)
    .optional(),
});
type ListPlansInput = z.infer<typeof ListPlansInput>;
const Key = z.tuple([z.iso.datetime(), z.uuid()]);

/** Plans, newest first, of one day or of all. */
export const listPlans = (ctx: Ctx, { limit, cursor, date }: ListPlansInput): Promise<Page<PlanView>> =>
  read(ctx, async (tx) => {
    const key = parseCursor(cursor, Key);
    const rows = await listPlanRows(tx, ctx.actor.agencyId, {
      date,
      before: key && { createdAt: new Date(key[0]), id: key[1] },
      limit: limit + 1,
    });
    return pageOf(rows, limit, { keyOf: (row) => [row.createdAt.toISOString(), row.id], show: showPlan });
  });
