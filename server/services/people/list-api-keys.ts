import "server-only";
import { z } from "zod";
import { apiKeyById, listApiKeyRecords } from "@/db/queries/api-keys";
import type { Ctx } from "@/server/context";
import { type ApiKey, showApiKey } from "@/server/domain/people/api-key";
import { notFound } from "@/server/errors";
import { type Page, pageOf, parseCursor } from "@/server/services/page";
import { read } from "@/server/services/unit-of-work";

/** Keys in use, oldest first. */
export const listApiKeys = (
  ctx: Ctx,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<Page<ApiKey>> =>
  read(ctx, async (tx) => {
    const afterId = parseCursor(cursor, z.tuple([z.uuid()]))?.[0];
    const rows = await listApiKeyRecords(tx, ctx.actor.agencyId, { limit: limit + 1, afterId });
    return pageOf(rows, limit, { keyOf: ({ id }) => [id], show: showApiKey });
  });

/** @throws AppError not_found */
export const getApiKey = (ctx: Ctx, id: string): Promise<ApiKey> =>
  read(ctx, async (tx) => {
    const row = await apiKeyById(tx, ctx.actor.agencyId, id);
    if (!row || row.deactivatedAt) throw notFound("API key");
    return showApiKey(row);
  });
