import "server-only";
import { z } from "zod";
import { listUserRecords, type UserFilter } from "@/db/queries/people";
import type { Ctx } from "@/server/context";
import { showUser, type User } from "@/server/domain/people/user";
import { type Page, pageOf, parseCursor } from "@/server/services/page";
import { read } from "@/server/services/unit-of-work";

type Wanted = UserFilter & { limit: number; cursor?: string | undefined };

/** People of the agency, oldest first. */
export const listUsers = (ctx: Ctx, { cursor, limit, ...filter }: Wanted): Promise<Page<User>> =>
  read(ctx, async (tx) => {
    const afterId = parseCursor(cursor, z.tuple([z.uuid()]))?.[0];
    const rows = await listUserRecords(tx, ctx.actor.agencyId, { ...filter, limit: limit + 1, afterId });
    return pageOf(rows, limit, { keyOf: ({ id }) => [id], show: showUser });
  });

/** What an admin sees beside a user's row: whether they have come in yet, and by how many factors. */
export type UserForAdmin = User & { hasPassword: boolean; hasSecondFactor: boolean; createdAt: Date };
const MOST_PEOPLE = 2_000;

/** Everybody in the agency, for the screen that searches and sorts by itself. */
export const listPeople = (ctx: Ctx): Promise<UserForAdmin[]> =>
  read(ctx, async (tx) => {
    const rows = await listUserRecords(tx, ctx.actor.agencyId, { limit: MOST_PEOPLE });
    return rows.map((row) => ({
      ...showUser(row),
      hasPassword: row.hasPassword,
      hasSecondFactor: row.hasSecondFactor,
      createdAt: row.createdAt,
    }));
  });
