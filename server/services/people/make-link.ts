import "server-only";
import type { Tx } from "@/db/client";
import { closeLinks, insertLink } from "@/db/queries/one-time-links";
import { actorUserId, type Ctx } from "@/server/context";
import { env } from "@/server/env";
import { newId } from "@/server/ids";
import { hashToken, newToken } from "@/server/security/tokens";

const LASTS_S = { invite: 7 * 24 * 3600, reset: 24 * 3600 };

/** A link to hand to a person: shown once, works once. */
export type OneTimeLink = { kind: "invite" | "reset"; url: string; expiresAt: string };

/**
 * Makes a link with which a person sets a password; older links of theirs stop working. The token is in the fragment,
 * which browsers do not send, so that it gets into no log.
 */
export async function makeLink(tx: Tx, ctx: Ctx, accountId: string, kind: OneTimeLink["kind"]): Promise<OneTimeLink> {
  const { agencyId } = ctx.actor;
  const token = newToken("rbl_");
  const expiresAt = new Date(ctx.now.getTime() + LASTS_S[kind] * 1000);
  await closeLinks(tx, agencyId, accountId, ctx.now);
  await insertLink(tx, {
    agencyId,
    id: newId(),
    accountId,
    kind,
    tokenHash: hashToken(token),
    createdAt: ctx.now,
    createdBy: actorUserId(ctx.actor) ?? null,
    expiresAt,
  });
  return { kind, url: linkUrl(token), expiresAt: expiresAt.toISOString() };
}

function linkUrl(token: string): string {
  const { PUBLIC_URL, HOST, PORT } = env();
  return `${(PUBLIC_URL ?? `http://${HOST}:${PORT}`).replace(/\/$/, "")}/link#${token}`;
}
