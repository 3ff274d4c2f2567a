import "server-only";
import type { Tx } from "@/db/client";
import { refreshTokenByHash } from "@/db/queries/auth";
import { userById } from "@/db/queries/people";
import {
  lockRefreshToken,
  lockSession,
  revokeSessions,
  updateRefreshToken,
  updateSession,
} from "@/db/queries/sessions";
import { keyFor } from "@/server/auth/secrets";
import { judgeRefreshToken } from "@/server/domain/people/refresh-rotation";
import { sessionState } from "@/server/domain/people/session-state";
import type { Tokens } from "@/server/domain/people/sign-in";
import { type Me, showMe } from "@/server/domain/people/user";
import { AppError } from "@/server/errors";
import { hashToken, keyedHash } from "@/server/security/tokens";
import { write } from "@/server/services/unit-of-work";
import { endAccess } from "./end-access";
import { tokensOf } from "./sign-in";
import { REFRESH_PREFIX, storeRefreshToken } from "./start-session";
import { ctxOf, type Visitor } from "./visitor";

type Found = { id: string; agencyId: string; sessionId: string };
const refused = () => new AppError("unauthenticated", "this refresh token is not valid: sign in again");

/** The token that follows this one. It can be made again from it, so that nothing secret has to be stored. */
const successorOf = (token: string): string => REFRESH_PREFIX + keyedHash(keyFor("refresh-token"), token);

/**
 * Exchanges a refresh token. The one before is accepted once more for 60 s and gives the same successor; an older one
 * that turns up again ends the whole family.
 * @throws AppError unauthenticated
 */
export async function refreshSession(
  visitor: Pick<Visitor, "db" | "now" | "requestId">,
  token: string,
): Promise<Tokens> {
  const found = await refreshTokenByHash(visitor.db, hashToken(token));
  if (!found) throw refused();
  const ctx = ctxOf(visitor, { kind: "system", agencyId: found.agencyId, name: "refresh" });
  const user = await write(ctx, async (tx, uow): Promise<Me | null> => {
    const session = await lockSession(tx, found.agencyId, found.sessionId);
    const person = session ? await userById(tx, found.agencyId, session.userId) : undefined;
    if (!session || !person) return null;
    const ended = session.revokedAt !== null || person.deactivatedAt !== null;
    if (sessionState({ ...session, ended }, ctx.now) === "ended") return null;
    const verdict = await rotate(tx, found, token, ctx.now);
    if (verdict === "stolen") {
      await revokeSessions(tx, found.agencyId, { id: session.id }, { at: ctx.now, reason: "refresh_reuse" });
      await endAccess(tx, uow, found.agencyId, session.userId);
      uow.audit({ action: "session.revoke", entity: "session", entityId: session.id, fields: ["refresh_reuse"] });
    }
    return verdict === "fresh" || verdict === "again" ? showMe(person) : null;
  });
  // Only now, so that a family's end is stored.
  if (!user) throw refused();
  return tokensOf({ sessionId: found.sessionId, refreshToken: successorOf(token), user }, visitor.now);
}

/** Under the session's lock: two exchanges of one token wait for each other. */
async function rotate(tx: Tx, { agencyId, id, sessionId }: Found, token: string, now: Date) {
  const row = await lockRefreshToken(tx, agencyId, id);
  if (!row) return "expired";
  const successor = row.successorId ? await lockRefreshToken(tx, agencyId, row.successorId) : undefined;
  const verdict = judgeRefreshToken({ ...row, isSuccessorUsed: Boolean(successor?.usedAt) }, now);
  if (verdict === "fresh") {
    const successorId = await storeRefreshToken(tx, { agencyId, sessionId, token: successorOf(token), now });
    await updateRefreshToken(tx, agencyId, id, { usedAt: now, successorId });
    await updateSession(tx, agencyId, sessionId, { lastSeenAt: now });
  }
  if (verdict === "again") await updateRefreshToken(tx, agencyId, id, { reusedAt: now });
  return verdict;
}
