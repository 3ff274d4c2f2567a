import "server-only";
import { baseById } from "@/db/queries/bases";
import type { Ctx } from "@/server/context";
import { type Base, showBase } from "@/server/domain/fleet/base";
import { notFound } from "@/server/errors";
import { read } from "@/server/services/unit-of-work";

export const getBase = (ctx: Ctx, id: string): Promise<Base> =>
  read(ctx, async (tx) => {
    const row = await baseById(tx, ctx.actor.agencyId, id);
    if (!row || row.deactivatedAt) throw notFound("base");
    return showBase(row);
  });
