import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { refreshTokens, sessions } from "@/db/schema";
import { useTestDatabase } from "@/db/testing/database";
import { minutesAfter, NOW } from "@/db/testing/factories";
import { aPerson, auditedActions, PASSWORD } from "@/db/testing/people";
import { clearAuthCache } from "@/server/auth/auth-cache";
import { cookieNames } from "@/server/auth/cookies";
import { nextAuthOptions } from "@/server/auth/next-auth";
import { actorFromCookies, actorFromRequest } from "@/server/auth/resolve-actor";
import { signSessionToken } from "@/server/auth/session-tokens";
import type { Actor, Ctx } from "@/server/context";
import { newId } from "@/server/ids";
import { setEndConnectionsPort } from "@/server/realtime/end-connections";
import { listSessions } from "./list-sessions";
import { lockConsole, touchConsole, unlockConsole } from "./lock-console";
import { refreshSession } from "./refresh-session";
import { revokeSession } from "./revoke-session";
import { signInAtConsole, signInByApi } from "./sign-in";
import { signOut } from "./sign-out";

const database = useTestDatabase();
const ended: string[] = [];
beforeEach(() => {
  ended.length = 0;
  clearAuthCache();
  setEndConnectionsPort(async (userId) => void ended.push(userId));
});

const seconds = (s: number) => minutesAfter(NOW, s / 60);
const at = (now: Date) => ({ db: database.db, now, requestId: newId() });
const visitor = (now = NOW) => ({ ...at(now), network: newId(), userAgent: "test" });
const bearer = (token: string) => ({ headers: new Headers({ authorization: `Bearer ${token}` }) });
const whoIs = (token: string, now = NOW) => actorFromRequest(bearer(token), { db: database.db, now });
const signIn = async (email: string) => (await signInByApi(visitor(), { email, password: PASSWORD })).tokens;

async function cookieOf(sessionId: string) {
  const token = await signSessionToken("console-cookie", sessionId, minutesAfter(NOW, 24 * 60));
  return { headers: new Headers({ cookie: `${cookieNames().session}=${token}; other=1` }) };
}
async function atConsole(email: string) {
  const { sessionId } = await signInAtConsole(visitor(), { email, password: PASSWORD });
  const request = await cookieOf(sessionId);
  const actorAt = (now: Date) => actorFromCookies(request, { db: database.db, now });
  const ctxAt = async (now: Date): Promise<Ctx> => ({ ...at(now), actor: (await actorAt(now)) as Actor });
  return { sessionId, request, actorAt, ctxAt };
}

describe("refreshing", () => {
  test("rotates; the previous token gives the same successor once more within 60 s", async () => {
    const person = await aPerson(database.owner);
    const first = await signIn(person.email);
    const second = await refreshSession(at(seconds(10)), first.refreshToken);
    expect(second.refreshToken).not.toBe(first.refreshToken);
    expect(second.user.id).toBe(person.id);
    const again = await refreshSession(at(seconds(60)), first.refreshToken);
    expect(again.refreshToken).toBe(second.refreshToken);
    const third = await refreshSession(at(seconds(100)), second.refreshToken);
    expect(await whoIs(third.accessToken, seconds(101))).toMatchObject({ userId: person.id });
  });

  test("two exchanges of one token at once both get the same successor", async () => {
    const person = await aPerson(database.owner);
    const { refreshToken } = await signIn(person.email);
    const both = await Promise.all([1, 2].map(() => refreshSession(at(seconds(5)), refreshToken)));
    expect(both[0]!.refreshToken).toBe(both[1]!.refreshToken);
  });

  test("an older token used again ends the family at once, access tokens and connections with it", async () => {
    const person = await aPerson(database.owner);
    const first = await signIn(person.email);
    const second = await refreshSession(at(seconds(10)), first.refreshToken);
    const third = await refreshSession(at(seconds(20)), second.refreshToken);
    expect(await whoIs(third.accessToken, seconds(21))).not.toBeNull();
    await expect(refreshSession(at(seconds(22)), first.refreshToken)).rejects.toMatchObject({
      code: "unauthenticated",
    });
    expect(await whoIs(third.accessToken, seconds(23))).toBeNull();
    await expect(refreshSession(at(seconds(24)), third.refreshToken)).rejects.toMatchObject({
      code: "unauthenticated",
    });
    expect(ended).toEqual([person.id]);
    expect(await auditedActions(database.owner, person.agencyId)).toEqual(["session.start", "session.revoke"]);
  });

  test("the previous token is refused after 60 s", async () => {
    const person = await aPerson(database.owner);
    const first = await signIn(person.email);
    await refreshSession(at(seconds(10)), first.refreshToken);
    await expect(refreshSession(at(seconds(71)), first.refreshToken)).rejects.toMatchObject({
      code: "unauthenticated",
    });
  });

  test("an unknown token, an access token and one of an ended session are refused", async () => {
    const person = await aPerson(database.owner);
    const tokens = await signIn(person.email);
    for (const token of ["nonsense", tokens.accessToken, ""]) {
      await expect(refreshSession(at(NOW), token)).rejects.toMatchObject({ code: "unauthenticated" });
    }
    const actor = (await whoIs(tokens.accessToken)) as Actor;
    await signOut({ ...at(NOW), actor });
    await expect(refreshSession(at(NOW), tokens.refreshToken)).rejects.toMatchObject({ code: "unauthenticated" });
    const rows = await database.owner.select().from(refreshTokens).where(eq(refreshTokens.agencyId, person.agencyId));
    expect(rows).toHaveLength(1);
  });
});

describe("ending sessions", () => {
  test("signing out ends the token at once and the connections, and leaves other sessions alone", async () => {
    const person = await aPerson(database.owner);
    const [one, two] = [await signIn(person.email), await signIn(person.email)];
    const actor = (await whoIs(one.accessToken)) as Actor;
    await signOut({ ...at(NOW), actor });
    expect(await whoIs(one.accessToken)).toBeNull();
    expect(await whoIs(two.accessToken)).toMatchObject({ userId: person.id });
    expect(ended).toEqual([person.id]);
    expect((await auditedActions(database.owner, person.agencyId)).at(-1)).toBe("session.end");
  });

  test("signing in over a live session ends that one, which is audited; the new one and other browsers go on", async () => {
    const person = await aPerson(database.owner);
    const [before, elsewhere, after] = [
      await atConsole(person.email),
      await atConsole(person.email),
      await atConsole(person.email),
    ];
    const { request } = before;
    const provider = nextAuthOptions({
      visitor: visitor(),
      onStarted: async () => signOut(await before.ctxAt(NOW), "replaced").then(() => undefined),
      onSignOut: async () => undefined,
      isLive: async () => true,
    }).providers[0] as unknown as {
      options: { authorize: (given: Record<string, string>) => Promise<{ id: string }> };
    };
    const started = await provider.options.authorize({ email: person.email, password: PASSWORD });
    expect(await actorFromCookies(request, { db: database.db, now: NOW })).toBeNull();
    for (const id of [elsewhere.sessionId, after.sessionId, started.id]) {
      const live = await actorFromCookies(await cookieOf(id), { db: database.db, now: NOW });
      expect(live).toMatchObject({ userId: person.id });
    }
    const [row] = await database.owner.select().from(sessions).where(eq(sessions.id, before.sessionId));
    expect(row?.revokedReason).toBe("replaced");
    expect((await auditedActions(database.owner, person.agencyId)).at(-1)).toBe("session.end");
  });

  test("an admin ends anybody's session of the agency, others only their own, and nobody another agency's", async () => {
    const admin = await aPerson(database.owner, { roles: ["admin"] });
    const crew = await aPerson(database.owner, { agencyId: admin.agencyId, roles: ["crew"] });
    const stranger = await aPerson(database.owner, { roles: ["admin"] });
    const tokens = {
      admin: await signIn(admin.email),
      crew: await signIn(crew.email),
      stranger: await signIn(stranger.email),
    };
    const ctxOf = async (token: string): Promise<Ctx> => ({ ...at(NOW), actor: (await whoIs(token)) as Actor });
    const [adminCtx, crewCtx, strangerCtx] = await Promise.all(
      [tokens.admin, tokens.crew, tokens.stranger].map(({ accessToken }) => ctxOf(accessToken)),
    );
    const crewSession = crewCtx!.actor.kind === "user" ? crewCtx!.actor.sessionId : "";
    const adminSession = adminCtx!.actor.kind === "user" ? adminCtx!.actor.sessionId : "";
    await expect(revokeSession(crewCtx!, adminSession)).rejects.toMatchObject({ code: "not_found" });
    await expect(revokeSession(strangerCtx!, crewSession)).rejects.toMatchObject({ code: "not_found" });
    expect(await listSessions(crewCtx!, { everybody: true })).toHaveLength(1);
    expect(await listSessions(adminCtx!, { everybody: true })).toHaveLength(2);
    await revokeSession(adminCtx!, crewSession);
    await revokeSession(adminCtx!, crewSession);
    expect(await whoIs(tokens.crew.accessToken)).toBeNull();
    expect(ended).toEqual([crew.id]);
    const actions = await auditedActions(database.owner, admin.agencyId);
    expect(actions.filter((action) => action === "session.revoke")).toHaveLength(1);
  });

  test("a revocation in another process is noticed within 5 s by age alone", async () => {
    const person = await aPerson(database.owner);
    const { accessToken } = await signIn(person.email);
    expect(await whoIs(accessToken)).not.toBeNull();
    await database.owner.update(sessions).set({ revokedAt: NOW }).where(eq(sessions.userId, person.id));
    await expect.poll(() => whoIs(accessToken), { timeout: 7_000, interval: 250 }).toBeNull();
  });
});

describe("a console", () => {
  test("is its cookie's session; a bearer token of it, a forged cookie and an API session in a cookie are nobody", async () => {
    const person = await aPerson(database.owner);
    const { actorAt, sessionId } = await atConsole(person.email);
    expect(await actorAt(NOW)).toMatchObject({ userId: person.id, source: "console" });
    const surroundings = { db: database.db, now: NOW };
    const asBearer = await signSessionToken("access-token", sessionId, minutesAfter(NOW, 5));
    expect(await actorFromRequest(bearer(asBearer), surroundings)).toBeNull();
    const wrongKind = await signSessionToken("access-token", sessionId, minutesAfter(NOW, 5));
    const headers = new Headers({ cookie: `${cookieNames().session}=${wrongKind}` });
    expect(await actorFromCookies({ headers }, surroundings)).toBeNull();
    const api = await signIn(person.email);
    const apiActor = await whoIs(api.accessToken);
    const apiSession = apiActor?.kind === "user" ? apiActor.sessionId : "";
    expect(await actorFromCookies(await cookieOf(apiSession), surroundings)).toBeNull();
  });

  test("locks after 15 idle minutes, stays locked when touched, and opens by the password only", async () => {
    const person = await aPerson(database.owner);
    const { actorAt, ctxAt } = await atConsole(person.email);
    await touchConsole(await ctxAt(minutesAfter(NOW, 10)));
    clearAuthCache();
    expect(await actorAt(minutesAfter(NOW, 24))).not.toHaveProperty("locked");
    expect(await actorAt(minutesAfter(NOW, 25))).toMatchObject({ locked: true });
    await touchConsole(await ctxAt(minutesAfter(NOW, 25)));
    clearAuthCache();
    const locked = await ctxAt(minutesAfter(NOW, 26));
    expect(locked.actor).toMatchObject({ locked: true });
    await expect(unlockConsole(locked, "wrong")).rejects.toMatchObject({ code: "rule_broken" });
    await unlockConsole(locked, PASSWORD);
    expect(await actorAt(minutesAfter(NOW, 26))).not.toHaveProperty("locked");
    expect((await auditedActions(database.owner, person.agencyId)).at(-1)).toBe("session.unlock");
  });

  test("can be locked by hand, and guesses at its password are slowed down without locking the account out", async () => {
    const person = await aPerson(database.owner);
    const { actorAt, ctxAt } = await atConsole(person.email);
    await lockConsole(await ctxAt(NOW));
    expect(await actorAt(NOW)).toMatchObject({ locked: true });
    const ctx = await ctxAt(NOW);
    const codes: string[] = [];
    for (let i = 0; i < 10; i++) {
      await unlockConsole(ctx, "wrong").catch((error: { code: string }) => codes.push(error.code));
    }
    expect(codes.at(-1)).toBe("rate_limited");
    expect((await signIn(person.email)).accessToken).toBeTruthy();
  });

  test("ends for good at its idle timeout", async () => {
    const person = await aPerson(database.owner);
    const { actorAt } = await atConsole(person.email);
    expect(await actorAt(minutesAfter(NOW, 12 * 60))).toBeNull();
  });

  test("of a crew is a phone: it is not locked, and lasts through a shift of 24 h", async () => {
    const person = await aPerson(database.owner, { roles: ["crew"] });
    const { actorAt } = await atConsole(person.email);
    const actor = await actorAt(minutesAfter(NOW, 24 * 60 - 1));
    expect(actor).toMatchObject({ userId: person.id });
    expect(actor).not.toHaveProperty("locked");
  });
});
