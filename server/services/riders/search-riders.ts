import "server-only";
import { z } from "zod";
import { ridersByTokens } from "@/db/queries/riders";
import type { Ctx } from "@/server/context";
import { line } from "@/server/domain/text";
import { nameQueryTokens, phoneToken } from "@/server/security/keys";
import { write } from "@/server/services/unit-of-work";
import { presentRider, type RiderView } from "./rider-fields";

export const SearchRidersInput = z.strictObject({ q: line(100), limit: z.int().min(1).max(50).default(8) });

/**
 * Riders by the beginnings of their names (three letters or more) or by a whole phone number. What was looked at is
 * audited: a search shows patients.
 */
export const searchRiders = (ctx: Ctx, { q, limit }: z.output<typeof SearchRidersInput>): Promise<RiderView[]> =>
  write(ctx, async (tx, uow) => {
    const { agencyId } = ctx.actor;
    const tokens = nameQueryTokens(agencyId, q);
    const phone = q.replace(/\D/g, "").length >= 7 ? phoneToken(agencyId, q) : null;
    if (tokens.length === 0 && !phone) return [];
    const rows = await ridersByTokens(tx, agencyId, { nameTokens: phone ? [] : tokens, phoneToken: phone, limit });
    for (const row of rows) uow.audit({ action: "rider.read", entity: "rider", entityId: row.id });
    return rows.map(presentRider);
  });
