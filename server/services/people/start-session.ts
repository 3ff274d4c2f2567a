import "server-only";
import type { Tx } from "@/db/client";
import type { Place } from "@/db/queries/auth";
import { userById } from "@/db/queries/people";
import { insertRefreshToken, insertSession } from "@/db/queries/sessions";
import { rememberDevice } from "@/db/queries/sign-in";
import type { Actor } from "@/server/context";
import { isCrewOnly } from "@/server/domain/people/permissions";
import {
  API_IDLE_S,
  API_LIFE_S,
  CONSOLE_IDLE_S,
  CONSOLE_LIFE_S,
  CREW_IDLE_S,
  CREW_LIFE_S,
} from "@/server/domain/people/session-state";
import { DeviceToken } from "@/server/domain/people/sign-in";
import { type Me, showMe } from "@/server/domain/people/user";
import { AppError } from "@/server/errors";
import { newId } from "@/server/ids";
import { hashToken, newToken } from "@/server/security/tokens";
import { write } from "@/server/services/unit-of-work";
import type { Proven } from "./check-credentials";
import { ctxOf, type Visitor } from "./visitor";

export const REFRESH_PREFIX = "rbr_";
const after = (now: Date, seconds: number) => new Date(now.getTime() + seconds * 1000);

export type StartedSession = {
  sessionId: string;
  user: Me;
  /** Of an API session only. */
  refreshToken: string | null;
  /** What the device shows next time, to be known. */
  deviceToken: string;
};

/** Opens a session for a person who has proven who they are. @param notAfter - when it ends at the latest */
export async function startSession(
  visitor: Visitor,
  { accountId, place, hasSecondFactor }: Proven,
  kind: "console" | "api",
  notAfter?: Date,
): Promise<StartedSession> {
  const { agencyId, userId, roles } = place;
  const { now } = visitor;
  const deviceToken = deviceOf(visitor);
  const sessionId = newId();
  const actor: Actor = { kind: "user", agencyId, userId, accountId, sessionId, roles, source: kind };
  const refreshToken = kind === "api" ? newToken(REFRESH_PREFIX) : null;
  const user = await write(ctxOf(visitor, actor), async (tx, uow) => {
    await insertSession(tx, {
      agencyId,
      id: sessionId,
      accountId,
      userId,
      kind,
      createdAt: now,
      lastSeenAt: now,
      ...endingBy(lifeOf(kind, place, now), notAfter),
      mfaAt: hasSecondFactor ? now : null,
      userAgent: visitor.userAgent?.slice(0, 300) ?? null,
    });
    if (refreshToken) await storeRefreshToken(tx, { agencyId, sessionId, token: refreshToken, now });
    uow.audit({ action: "session.start", entity: "session", entityId: sessionId });
    return userById(tx, agencyId, userId);
  });
  if (!user) throw new Error("a place without a user");
  await rememberDevice(visitor.db, accountId, hashToken(deviceToken), now);
  return { sessionId, user: showMe(user), refreshToken, deviceToken };
}

/** What the device showed, or a new one. @throws AppError invalid: a token of a caller's own choice could be guessed */
function deviceOf({ deviceToken }: Visitor): string {
  if (deviceToken === undefined) return newToken();
  if (DeviceToken.safeParse(deviceToken).success) return deviceToken;
  throw new AppError("invalid", "the device token is none of ours", [
    { path: "deviceToken", code: "invalid", message: "43 characters, as a sign-in gave it" },
  ]);
}

const endingBy = <L extends { expiresAt: Date }>(life: L, notAfter: Date | undefined): L =>
  notAfter && notAfter < life.expiresAt ? { ...life, expiresAt: notAfter } : life;

function lifeOf(kind: "console" | "api", { roles, settings }: Place, now: Date) {
  if (kind === "api") return { expiresAt: after(now, API_LIFE_S), idleTimeoutS: API_IDLE_S };
  if (isCrewOnly(roles)) return { expiresAt: after(now, CREW_LIFE_S), idleTimeoutS: CREW_IDLE_S };
  return { expiresAt: after(now, CONSOLE_LIFE_S), idleTimeoutS: settings.idleTimeoutS ?? CONSOLE_IDLE_S };
}

/** Stores a refresh token's hash. @returns its row's id */
export async function storeRefreshToken(
  tx: Tx,
  { agencyId, sessionId, token, now }: { agencyId: string; sessionId: string; token: string; now: Date },
): Promise<string> {
  const id = newId();
  const expiresAt = after(now, API_IDLE_S);
  await insertRefreshToken(tx, { agencyId, id, sessionId, tokenHash: hashToken(token), createdAt: now, expiresAt });
  return id;
}
