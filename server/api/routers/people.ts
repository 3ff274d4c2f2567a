import "server-only";
import { z } from "zod";
import { allowed, router } from "@/server/api/trpc";
import { ApiKeyPatch, NewApiKey } from "@/server/domain/people/api-key";
import { NewUser, UserPatch } from "@/server/domain/people/user";
import { ImportInput } from "@/server/services/csv/import-lines";
import { createApiKey } from "@/server/services/people/create-api-key";
import { createUser } from "@/server/services/people/create-user";
import { deactivateUser } from "@/server/services/people/deactivate-user";
import { removeSecondFactor } from "@/server/services/people/disable-totp";
import { editApiKey } from "@/server/services/people/edit-api-key";
import { editUser } from "@/server/services/people/edit-user";
import { importPeople } from "@/server/services/people/import-people";
import { listApiKeys } from "@/server/services/people/list-api-keys";
import { listPeople } from "@/server/services/people/list-users";
import { resetPassword } from "@/server/services/people/reset-password";
import { revokeApiKey } from "@/server/services/people/revoke-api-key";

const Id = z.strictObject({ id: z.uuid() });
const WHOLE_LIST = { limit: 2_000 };

const apiKeys = router({
  list: allowed("apiKeys.manage").query(async ({ ctx }) => (await listApiKeys(ctx, WHOLE_LIST)).items),
  create: allowed("apiKeys.manage")
    .input(NewApiKey)
    .mutation(({ ctx, input }) => createApiKey(ctx, input)),
  edit: allowed("apiKeys.manage")
    .input(ApiKeyPatch.extend(Id.shape))
    .mutation(({ ctx, input: { id, ...patch } }) => editApiKey(ctx, id, patch)),
  revoke: allowed("apiKeys.manage")
    .input(Id)
    .mutation(({ ctx, input }) => revokeApiKey(ctx, input.id)),
});

export const peopleRouter = router({
  list: allowed("users.read").query(({ ctx }) => listPeople(ctx)),
  create: allowed("users.write")
    .input(NewUser)
    .mutation(({ ctx, input }) => createUser(ctx, input)),
  import: allowed("users.write")
    .input(ImportInput)
    .mutation(({ ctx, input }) => importPeople(ctx, input)),
  edit: allowed("users.write")
    .input(UserPatch.extend(Id.shape))
    .mutation(({ ctx, input: { id, ...patch } }) => editUser(ctx, id, patch)),
  deactivate: allowed("users.write")
    .input(Id)
    .mutation(({ ctx, input }) => deactivateUser(ctx, input.id)),
  makeLink: allowed("users.write")
    .input(Id)
    .mutation(({ ctx, input }) => resetPassword(ctx, input.id)),
  removeSecondFactor: allowed("users.write")
    .input(Id)
    .mutation(({ ctx, input }) => removeSecondFactor(ctx, input.id)),
  apiKeys,
});
