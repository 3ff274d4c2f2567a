import "server-only";
import { z } from "zod";
import { ApiKeyPatch, ApiKeySchema, CreatedApiKeySchema, NewApiKey } from "@/server/domain/people/api-key";
import { PageInput } from "@/server/services/page";
import { createApiKey } from "@/server/services/people/create-api-key";
import { editApiKey } from "@/server/services/people/edit-api-key";
import { getApiKey, listApiKeys } from "@/server/services/people/list-api-keys";
import { revokeApiKey } from "@/server/services/people/revoke-api-key";
import { defineRoute, type Route } from "./kit/route";

const ById = z.object({ id: z.uuid() });

export const apiKeyRoutes: Route[] = [
  defineRoute({
    method: "GET",
    path: "/api-keys",
    summary: "Partners' keys in use; never their tokens",
    permission: "apiKeys.manage",
    query: PageInput,
    response: z.object({ items: z.array(ApiKeySchema), nextCursor: z.string().nullable() }),
    run: (ctx, { query }) => listApiKeys(ctx, query),
  }),
  defineRoute({
    method: "POST",
    path: "/api-keys",
    summary: "Make a key; its token is shown this once",
    permission: "apiKeys.manage",
    body: NewApiKey,
    response: CreatedApiKeySchema,
    status: 201,
    secretAnswer: true,
    run: (ctx, { body }) => createApiKey(ctx, body),
  }),
  defineRoute({
    method: "GET",
    path: "/api-keys/{id}",
    summary: "One key",
    permission: "apiKeys.manage",
    params: ById,
    response: ApiKeySchema,
    run: (ctx, { params }) => getApiKey(ctx, params.id),
  }),
  defineRoute({
    method: "PATCH",
    path: "/api-keys/{id}",
    summary: "Rename a key or change its scopes",
    permission: "apiKeys.manage",
    params: ById,
    body: ApiKeyPatch,
    response: ApiKeySchema,
    run: (ctx, { params, body }) => editApiKey(ctx, params.id, body),
  }),
  defineRoute({
    method: "DELETE",
    path: "/api-keys/{id}",
    summary: "Revoke a key at once",
    permission: "apiKeys.manage",
    params: ById,
    status: 204,
    run: (ctx, { params }) => revokeApiKey(ctx, params.id),
  }),
];
