import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { apiKeys } from "@/db/schema";
import { useTestDatabase } from "@/db/testing/database";
import { NOW, testCtx } from "@/db/testing/factories";
import { aPerson, auditedActions } from "@/db/testing/people";
import { actorFromRequest } from "@/server/auth/resolve-actor";
import { createApiKey } from "./create-api-key";
import { editApiKey } from "./edit-api-key";
import { getApiKey, listApiKeys } from "./list-api-keys";
import { revokeApiKey } from "./revoke-api-key";

const database = useTestDatabase();
const anAdmin = async () => testCtx(database.db, await aPerson(database.owner, { roles: ["admin"] }));
const whoIs = (token: string) =>
  actorFromRequest({ headers: new Headers({ authorization: `Bearer ${token}` }) }, { db: database.db, now: NOW });

test("a key acts for its agency with its scopes; its token is shown once and stored as a hash", async () => {
  const ctx = await anAdmin();
  const { token, ...key } = await createApiKey(ctx, { name: "Broker", scopes: ["trips:read", "fleet:read"] });
  expect(token).toMatch(/^rbk_[\w-]{43}$/);
  expect(token.startsWith(key.prefix)).toBe(true);
  expect(await whoIs(token)).toEqual({
    kind: "api_key",
    agencyId: ctx.actor.agencyId,
    apiKeyId: key.id,
    scopes: ["trips:read", "fleet:read"],
  });
  const stored = await database.owner.select().from(apiKeys).where(eq(apiKeys.id, key.id));
  expect(JSON.stringify(stored)).not.toContain(token);
  expect(JSON.stringify(await listApiKeys(ctx, { limit: 50 }))).not.toContain(token);
  expect(await whoIs(`${token}x`)).toBeNull();
  expect(await auditedActions(database.owner, ctx.actor.agencyId)).toEqual(["api_key.create"]);
});

test("fewer scopes and a revocation hold at once", async () => {
  const ctx = await anAdmin();
  const { token, id } = await createApiKey(ctx, { name: "Broker", scopes: ["trips:read", "trips:write"] });
  await whoIs(token);
  await editApiKey(ctx, id, { version: 1, scopes: ["trips:read"] });
  expect(await whoIs(token)).toMatchObject({ scopes: ["trips:read"] });
  await expect(editApiKey(ctx, id, { version: 1, name: "x" })).rejects.toMatchObject({
    code: "conflict",
    reasons: [{ code: "stale", current: { version: 2 } }],
  });
  await revokeApiKey(ctx, id);
  await revokeApiKey(ctx, id);
  expect(await whoIs(token)).toBeNull();
  expect((await listApiKeys(ctx, { limit: 50 })).items).toEqual([]);
});

test("its last use is noted", async () => {
  const ctx = await anAdmin();
  const { token, id } = await createApiKey(ctx, { name: "Broker", scopes: ["trips:read"] });
  await whoIs(token);
  await expect.poll(async () => (await getApiKey(ctx, id)).lastUsedAt).toBe(NOW.toISOString());
});

test("another agency's keys are not there", async () => {
  const [ctx, stranger] = [await anAdmin(), await anAdmin()];
  const { id } = await createApiKey(ctx, { name: "Broker", scopes: ["trips:read"] });
  await expect(getApiKey(stranger, id)).rejects.toMatchObject({ code: "not_found" });
  await expect(editApiKey(stranger, id, { version: 1, name: "x" })).rejects.toMatchObject({ code: "not_found" });
  await expect(revokeApiKey(stranger, id)).rejects.toMatchObject({ code: "not_found" });
});
