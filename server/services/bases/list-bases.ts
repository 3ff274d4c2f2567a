import "server-only";
import { z } from "zod";
import { listBaseRows } from "@/db/queries/bases";
import type { Ctx } from "@/server/context";
import { type Base, showBase } from "@/server/domain/fleet/base";
import { type Page, pageOf, parseCursor } from "@/server/services/page";
import { read } from "@/server/services/unit-of-work";

/** Bases in use, oldest first. */
export const listBases = (
  ctx: Ctx,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<Page<Base>> =>
  read(ctx, async (tx) => {
    const afterId = parseCursor(cursor, z.tuple([z.uuid()]))?.[0];
    const rows = await listBaseRows(tx, ctx.actor.agencyId, { limit: limit + 1, afterId });
    return pageOf(rows, limit, { keyOf: ({ id }) => [id], show: showBase });
  });
