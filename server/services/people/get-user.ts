import "server-only";
import { userById } from "@/db/queries/people";
import type { Ctx } from "@/server/context";
import { type Me, showMe, showUser, type User } from "@/server/domain/people/user";
import { AppError, notFound } from "@/server/errors";
import { read } from "@/server/services/unit-of-work";

/** @throws AppError not_found */
export const getUser = (ctx: Ctx, id: string): Promise<User> =>
  read(ctx, async (tx) => {
    const row = await userById(tx, ctx.actor.agencyId, id);
    if (!row) throw notFound("user");
    return showUser(row);
  });

/** The caller's own row. @throws AppError forbidden when the caller is no person */
export const getMe = async (ctx: Ctx): Promise<Me> => {
  const { actor } = ctx;
  if (actor.kind !== "user") throw new AppError("forbidden", "only people have a row of their own");
  return read(ctx, async (tx) => {
    const row = await userById(tx, actor.agencyId, actor.userId);
    if (!row) throw notFound("user");
    return showMe(row);
  });
};
