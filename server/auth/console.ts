import "server-only";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import type { Ctx } from "@/server/context";
import { database } from "@/server/database";
import type { Agency } from "@/server/domain/people/agency";
import type { Permission } from "@/server/domain/people/permissions";
import { isAllowed } from "@/server/domain/people/permissions";
import type { Me } from "@/server/domain/people/user";
import { newId } from "@/server/ids";
import { getAgency } from "@/server/services/agency/get-agency";
import { getMe } from "@/server/services/people/get-user";
import { actorFromCookies } from "./resolve-actor";

export type ConsoleSession = { ctx: Ctx; me: Me; agency: Agency; locked: boolean };

/** For the layout of signed-in pages: who sits here. Sends anybody else to sign in. */
export async function requireConsole(): Promise<ConsoleSession> {
  const actor = await actorFromCookies({ headers: await headers() });
  if (actor?.kind !== "user") redirect("/sign-in");
  const ctx: Ctx = { db: database(), actor, now: new Date(), requestId: newId() };
  const [me, agency] = await Promise.all([getMe(ctx), getAgency(ctx)]);
  return { ctx, me, agency, locked: actor.locked === true };
}

/** For a page that not everybody may open: sends the others home. */
export async function requirePermission(permission: Permission): Promise<void> {
  const actor = await actorFromCookies({ headers: await headers() });
  if (actor?.kind !== "user") redirect("/sign-in");
  if (!isAllowed(permission, { roles: actor.roles })) redirect("/");
}
