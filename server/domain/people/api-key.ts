import { z } from "zod";
import { Version } from "@/server/domain/version";
import { ScopeSchema } from "./permission-schemas";
import type { Scope } from "./permissions";
import { PersonName } from "./user";

const Scopes = z
  .array(ScopeSchema)
  .min(1)
  .transform((scopes) => [...new Set(scopes)]);

export const NewApiKey = z.strictObject({ name: PersonName, scopes: Scopes });
export type NewApiKey = z.output<typeof NewApiKey>;

export const ApiKeyPatch = z.strictObject({
  version: Version,
  name: PersonName.optional(),
  scopes: Scopes.optional(),
});
export type ApiKeyPatch = z.output<typeof ApiKeyPatch>;

export const ApiKeySchema = z.object({
  id: z.uuid(),
  name: z.string(),
  /** The first characters of the token, so that people can tell keys apart. */
  prefix: z.string(),
  scopes: z.array(ScopeSchema),
  active: z.boolean(),
  lastUsedAt: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime(),
  version: z.int(),
});
export type ApiKey = z.output<typeof ApiKeySchema>;
/** With the token, which is shown once. */
export const CreatedApiKeySchema = ApiKeySchema.extend({ token: z.string() });

type Stored = {
  id: string;
  name: string;
  prefix: string;
  scopes: string[];
  deactivatedAt: Date | null;
  lastUsedAt: Date | null;
  createdAt: Date;
  version: number;
};

/** A key as its agency sees it: never the token, nor its hash. */
export const showApiKey = (key: Stored): ApiKey => ({
  id: key.id,
  name: key.name,
  prefix: key.prefix,
  scopes: key.scopes as Scope[],
  active: key.deactivatedAt === null,
  lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
  createdAt: key.createdAt.toISOString(),
  version: key.version,
});
