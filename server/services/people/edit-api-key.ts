import "server-only";
import { apiKeyById, updateApiKey } from "@/db/queries/api-keys";
import type { Ctx } from "@/server/context";
import { type ApiKey, type ApiKeyPatch, showApiKey } from "@/server/domain/people/api-key";
import { notFound, staleVersion } from "@/server/errors";
import { write } from "@/server/services/unit-of-work";
import { forgetCachedAccess } from "./end-access";

/** Renames a key or changes what it may do. @throws AppError not_found, conflict (stale) */
export const editApiKey = (ctx: Ctx, id: string, { version, ...set }: ApiKeyPatch): Promise<ApiKey> =>
  write(ctx, async (tx, uow) => {
    const { agencyId } = ctx.actor;
    const before = await apiKeyById(tx, agencyId, id);
    if (!before || before.deactivatedAt) throw notFound("API key");
    const after = await updateApiKey(tx, { agencyId, id, version }, set);
    if (!after) throw staleVersion(showApiKey((await apiKeyById(tx, agencyId, id)) ?? before));
    await forgetCachedAccess(tx, uow);
    uow.audit({ action: "api_key.edit", entity: "api_key", entityId: id, fields: Object.keys(set) });
    return showApiKey(after);
  });
