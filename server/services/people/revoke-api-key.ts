import "server-only";
import { apiKeyById, updateApiKey } from "@/db/queries/api-keys";
import type { Ctx } from "@/server/context";
import { notFound } from "@/server/errors";
import { write } from "@/server/services/unit-of-work";
import { forgetCachedAccess } from "./end-access";

/** Ends a key at once. Once is as good as twice. @throws AppError not_found */
export const revokeApiKey = (ctx: Ctx, id: string): Promise<void> =>
  write(ctx, async (tx, uow) => {
    const { agencyId } = ctx.actor;
    if (!(await apiKeyById(tx, agencyId, id))) throw notFound("API key");
    const done = await updateApiKey(tx, { agencyId, id }, { deactivatedAt: ctx.now });
    if (!done) return;
    await forgetCachedAccess(tx, uow);
    uow.audit({ action: "api_key.revoke", entity: "api_key", entityId: id });
  });
