import "server-only";
import { z } from "zod";
import { RoleSchema } from "@/server/domain/people/permission-schemas";
import { MeSchema, NewUser, UserPatch, UserSchema } from "@/server/domain/people/user";
import { PageInput } from "@/server/services/page";
import { createUser } from "@/server/services/people/create-user";
import { deactivateUser } from "@/server/services/people/deactivate-user";
import { editUser } from "@/server/services/people/edit-user";
import { getMe, getUser } from "@/server/services/people/get-user";
import { listUsers } from "@/server/services/people/list-users";
import { resetPassword } from "@/server/services/people/reset-password";
import { defineRoute, type Route } from "./kit/route";

const ById = z.object({ id: z.uuid() });
const LinkSchema = z.object({ kind: z.enum(["invite", "reset"]), url: z.url(), expiresAt: z.iso.datetime() });

/** Those who may enter, unless asked for the others. */
const UserQuery = PageInput.extend({
  role: RoleSchema.optional(),
  active: z.enum(["true", "false", "all"]).default("true"),
}).transform(({ active, ...rest }) => ({ ...rest, active: active === "all" ? undefined : active === "true" }));

export const userRoutes: Route[] = [
  defineRoute({
    method: "GET",
    path: "/me",
    summary: "The caller's own row",
    permission: "me.read",
    response: MeSchema,
    run: (ctx) => getMe(ctx),
  }),
  defineRoute({
    method: "GET",
    path: "/users",
    summary: "People of the agency",
    permission: "users.read",
    query: UserQuery,
    response: z.object({ items: z.array(UserSchema), nextCursor: z.string().nullable() }),
    run: (ctx, { query }) => listUsers(ctx, query),
  }),
  defineRoute({
    method: "POST",
    path: "/users",
    summary: "Add a person, with a password or with a one-time invitation",
    permission: "users.write",
    body: NewUser,
    response: UserSchema.extend({ inviteUrl: z.url().optional() }),
    status: 201,
    secretAnswer: ({ password }) => password === undefined,
    run: async (ctx, { body }) => {
      const { user, link } = await createUser(ctx, body);
      return { ...user, ...(link && { inviteUrl: link.url }) };
    },
  }),
  defineRoute({
    method: "GET",
    path: "/users/{id}",
    summary: "One person",
    permission: "users.read",
    params: ById,
    response: UserSchema,
    run: (ctx, { params }) => getUser(ctx, params.id),
  }),
  defineRoute({
    method: "PATCH",
    path: "/users/{id}",
    summary: "Change name, e-mail, roles or whether the person may enter",
    permission: "users.write",
    params: ById,
    body: UserPatch,
    response: UserSchema,
    run: (ctx, { params, body }) => editUser(ctx, params.id, body),
  }),
  defineRoute({
    method: "DELETE",
    path: "/users/{id}",
    summary: "Deactivate a person: sessions and connections end at once",
    permission: "users.write",
    params: ById,
    status: 204,
    run: (ctx, { params }) => deactivateUser(ctx, params.id),
  }),
  defineRoute({
    method: "POST",
    path: "/users/{id}/reset-password",
    summary: "Make a one-time link with which the person sets a password",
    permission: "users.write",
    params: ById,
    response: LinkSchema,
    secretAnswer: true,
    run: (ctx, { params }) => resetPassword(ctx, params.id),
  }),
];
