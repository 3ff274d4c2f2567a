import "server-only";
import { insertApiKey } from "@/db/queries/api-keys";
import { API_KEY_PREFIX } from "@/server/auth/prefixes";
import { actorUserId, type Ctx } from "@/server/context";
import { type ApiKey, type NewApiKey, showApiKey } from "@/server/domain/people/api-key";
import { newId } from "@/server/ids";
import { hashToken, newToken } from "@/server/security/tokens";
import { write } from "@/server/services/unit-of-work";

const SHOWN = API_KEY_PREFIX.length + 6;

/** Makes a key for a partner. Its token is in the answer, and nowhere afterwards. */
export const createApiKey = (ctx: Ctx, { name, scopes }: NewApiKey): Promise<ApiKey & { token: string }> =>
  write(ctx, async (tx, uow) => {
    const { agencyId } = ctx.actor;
    const token = newToken(API_KEY_PREFIX);
    const made = await insertApiKey(tx, {
      agencyId,
      id: newId(),
      name,
      scopes,
      prefix: token.slice(0, SHOWN),
      tokenHash: hashToken(token),
      createdBy: actorUserId(ctx.actor) ?? null,
    });
    if (!made) throw new Error("insert gave no row");
    uow.audit({ action: "api_key.create", entity: "api_key", entityId: made.id, fields: scopes });
    return { ...showApiKey(made), token };
  });
