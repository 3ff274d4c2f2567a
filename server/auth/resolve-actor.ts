import "server-only";
import type { Db } from "@/db/client";
import { apiKeyByHash, type SessionRow, sessionById } from "@/db/queries/auth";
import type { Actor } from "@/server/context";
import { database } from "@/server/database";
import { isCrewOnly } from "@/server/domain/people/permissions";
import { sessionState } from "@/server/domain/people/session-state";
import { hashToken } from "@/server/security/tokens";
import { remembered } from "./auth-cache";
import { cookieNames, readCookies } from "./cookies";
import { touchApiKey, touchSession } from "./last-seen";
import { API_KEY_PREFIX } from "./prefixes";
import { listenForRevocations } from "./revocations";
import { readSessionToken } from "./session-tokens";

/** What an actor is found with; the clock and the pool are given so that tests can have their own. */
export type Surroundings = { db: Db; now: Date };
type RequestParts = { headers: Headers };

const here = (): Surroundings => {
  listenForRevocations();
  return { db: database(), now: new Date() };
};

/**
 * Who calls the API: a bearer access token or an API key. Cookies are never read.
 * @returns null without a credential, or with one that is unknown, expired or revoked
 */
export async function actorFromRequest({ headers }: RequestParts, surroundings = here()): Promise<Actor | null> {
  const [, token] = /^Bearer\s+(\S+)$/i.exec(headers.get("authorization") ?? "") ?? [];
  if (!token) return null;
  return token.startsWith(API_KEY_PREFIX) ? keyActor(token, surroundings) : tokenActor(token, surroundings);
}

/**
 * Who sits at the console: the session in its cookie. An idle one comes back `locked`.
 * Callers that change something check the origin too (`assertSameOrigin`).
 */
export async function actorFromCookies({ headers }: RequestParts, surroundings = here()): Promise<Actor | null> {
  const cookie = readCookies(headers).get(cookieNames().session);
  const sessionId = cookie ? await readSessionToken("console-cookie", cookie, surroundings.now) : null;
  const actor = sessionId ? await sessionActor(sessionId, "console", surroundings) : null;
  // A console is kept alive by its person's activity (`touchConsole`), a phone by being in use.
  if (actor && isCrewOnly(actor.roles)) touchSession(surroundings, actor);
  return actor;
}

async function tokenActor(token: string, surroundings: Surroundings): Promise<Actor | null> {
  const sessionId = await readSessionToken("access-token", token, surroundings.now);
  const actor = sessionId ? await sessionActor(sessionId, "api", surroundings) : null;
  if (actor) touchSession(surroundings, actor);
  return actor;
}

/** A crew's phone has a lock of its own, and its page must go on by itself for a whole shift. */
const lockAfterS = ({ roles, settings }: SessionRow): number | undefined =>
  isCrewOnly(roles) ? 0 : settings.lockAfterS;

async function sessionActor(id: string, kind: SessionRow["kind"], { db, now }: Surroundings) {
  const session = await remembered(`session:${id}`, () => sessionById(db, id));
  if (!session || session.kind !== kind) return null;
  const state = sessionState({ ...session, lockAfterS: lockAfterS(session) }, now);
  if (state === "ended") return null;
  const { agencyId, userId, accountId, sessionId, roles } = session;
  return {
    kind: "user" as const,
    agencyId,
    userId,
    accountId,
    sessionId,
    roles,
    source: kind,
    ...(state === "locked" && { locked: true }),
    ...(session.operator && { operator: true }),
  };
}

async function keyActor(token: string, surroundings: Surroundings): Promise<Actor | null> {
  const tokenHash = hashToken(token);
  const key = await remembered(`key:${tokenHash}`, () => apiKeyByHash(surroundings.db, tokenHash));
  if (!key) return null;
  touchApiKey(surroundings, key);
  return { kind: "api_key", agencyId: key.agencyId, apiKeyId: key.id, scopes: key.scopes };
}
