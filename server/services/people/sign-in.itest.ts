import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { accounts, knownDevices, sessions, users } from "@/db/schema";
import { useTestDatabase } from "@/db/testing/database";
import { minutesAfter, NOW } from "@/db/testing/factories";
import { aPerson, auditedActions, PASSWORD } from "@/db/testing/people";
import { clearAuthCache } from "@/server/auth/auth-cache";
import { actorFromRequest } from "@/server/auth/resolve-actor";
import { newId } from "@/server/ids";
import { newToken } from "@/server/security/tokens";
import { signInAtConsole, signInByApi } from "./sign-in";
import type { Visitor } from "./visitor";

const database = useTestDatabase();
let networks = 0;
const visitor = (over: Partial<Visitor> = {}): Visitor => ({
  db: database.db,
  now: NOW,
  requestId: newId(),
  network: `192.0.2.${++networks}`,
  userAgent: "test",
  ...over,
});
const seconds = (s: number) => minutesAfter(NOW, s / 60);

/** Tries in order, each at its own moment. @returns error codes, or "ok" */
async function tries(email: string, attempts: { at: Date; password?: string; over?: Partial<Visitor> }[]) {
  const results: string[] = [];
  for (const { at, password = "wrong", over } of attempts) {
    const result = signInByApi(visitor({ now: at, ...over }), { email, password });
    results.push(await result.then(() => "ok").catch((error: { code: string }) => error.code));
  }
  return results;
}
const wrongOnes = (count: number, over?: Partial<Visitor>) =>
  Array.from({ length: count }, (_, i) => ({ at: seconds(i * 10), ...(over && { over }) }));

describe("signing in", () => {
  test("opens a session whose token is the person, and says so in the audit log", async () => {
    const person = await aPerson(database.owner, { roles: ["admin", "dispatcher"] });
    const { tokens } = await signInByApi(visitor(), { email: person.email, password: PASSWORD });
    expect(tokens.user).toEqual({
      id: person.id,
      agencyId: person.agencyId,
      email: person.email,
      name: person.name,
      roles: ["admin", "dispatcher"],
      active: true,
      version: 1,
    });
    const headers = new Headers({ authorization: `Bearer ${tokens.accessToken}` });
    const actor = await actorFromRequest({ headers }, { db: database.db, now: seconds(899) });
    expect(actor).toMatchObject({ kind: "user", userId: person.id, roles: ["admin", "dispatcher"], source: "api" });
    expect(await actorFromRequest({ headers }, { db: database.db, now: seconds(901) })).toBeNull();
    expect(await auditedActions(database.owner, person.agencyId)).toEqual(["session.start"]);
  });

  test("a wrong password, an unknown e-mail, a deactivated user and a deactivated account are refused alike", async () => {
    const [one, left, gone] = await Promise.all([1, 2, 3].map(() => aPerson(database.owner)));
    await database.owner.update(users).set({ deactivatedAt: NOW }).where(eq(users.id, left!.id));
    await database.owner.update(accounts).set({ deactivatedAt: NOW }).where(eq(accounts.id, gone!.accountId));
    expect(await tries(one!.email, [{ at: NOW }])).toEqual(["bad_credentials"]);
    expect(await tries("nobody@example.test", [{ at: NOW, password: PASSWORD }])).toEqual(["bad_credentials"]);
    expect(await tries(left!.email, [{ at: NOW, password: PASSWORD }])).toEqual(["bad_credentials"]);
    expect(await tries(gone!.email, [{ at: NOW, password: PASSWORD }])).toEqual(["bad_credentials"]);
  });

  test("nothing of e-mail or network is stored in the clear, and only hashes of tokens", async () => {
    const person = await aPerson(database.owner);
    await tries(person.email, [{ at: NOW }]);
    const { tokens, deviceToken } = await signInByApi(visitor(), { email: person.email, password: PASSWORD });
    const stored = JSON.stringify([
      await database.sql`select * from sign_in_failures`,
      await database.sql`select * from refresh_tokens`,
      await database.sql`select * from known_devices`,
      await database.sql`select * from sessions`,
    ]);
    for (const secret of [person.email, "192.0.2.", tokens.refreshToken, tokens.accessToken, deviceToken]) {
      expect(stored).not.toContain(secret);
    }
  });
});

describe("failed sign-ins", () => {
  test("slow an e-mail down; the tenth within 15 min is refused, and so is the right password, for 15 min", async () => {
    const person = await aPerson(database.owner);
    const results = await tries(person.email, [
      ...wrongOnes(10),
      { at: seconds(120), password: PASSWORD },
      { at: seconds(901), password: PASSWORD },
    ]);
    expect(results.slice(0, 9).every((code) => code === "bad_credentials" || code === "rate_limited")).toBe(true);
    expect(results.slice(9)).toEqual(["rate_limited", "rate_limited", "ok"]);
  });

  test("that come fast are slowed down before, and say how long to wait", async () => {
    const person = await aPerson(database.owner);
    expect(
      await tries(
        person.email,
        wrongOnes(5).map(() => ({ at: NOW })),
      ),
    ).not.toContain("rate_limited");
    const sixth = signInByApi(visitor(), { email: person.email, password: PASSWORD });
    await expect(sixth).rejects.toMatchObject({ code: "rate_limited", retryAfterS: 1 });
  });

  test("an unknown e-mail is treated alike", async () => {
    const results = await tries(`nobody-${newId()}@example.test`, wrongOnes(10));
    expect(results.slice(0, 9)).not.toContain("ok");
    expect(results[9]).toBe("rate_limited");
  });

  test("many at once get no more guesses than one after the other", async () => {
    const person = await aPerson(database.owner);
    const guesses = Array.from({ length: 30 }, (_, i) =>
      signInByApi(visitor({ network: "198.51.100.7" }), {
        email: person.email,
        password: i === 29 ? PASSWORD : "wrong",
      }),
    );
    const results = await Promise.allSettled(guesses);
    expect(results[29]).toMatchObject({ status: "rejected", reason: { code: "rate_limited" } });
  });

  test("on one account never refuse another one from the same network, up to the network's own limit", async () => {
    const network = "203.0.113.9";
    const [victim, neighbour] = await Promise.all([1, 2].map(() => aPerson(database.owner)));
    await tries(victim!.email, wrongOnes(10, { network }));
    expect(await tries(neighbour!.email, [{ at: seconds(100), password: PASSWORD, over: { network } }])).toEqual([
      "ok",
    ]);
    const many = Array.from({ length: 61 }, async (_, i) =>
      tries(`n${i}-${newId()}@example.test`, wrongOnes(1, { network })),
    );
    await Promise.all(many);
    expect(await tries(neighbour!.email, [{ at: seconds(1), password: PASSWORD, over: { network } }])).toEqual([
      "rate_limited",
    ]);
  });

  test("never lock out a device that the account knows", async () => {
    const person = await aPerson(database.owner);
    const { deviceToken } = await signInByApi(visitor(), { email: person.email, password: PASSWORD });
    await tries(person.email, wrongOnes(12));
    const right = { at: seconds(130), password: PASSWORD };
    expect(await tries(person.email, [right])).toEqual(["rate_limited"]);
    expect(await tries(person.email, [{ ...right, over: { deviceToken: newToken() } }])).toEqual(["rate_limited"]);
    expect(await tries(person.email, [{ ...right, over: { deviceToken } }])).toEqual(["ok"]);
    const known = await database.owner.select().from(knownDevices).where(eq(knownDevices.accountId, person.accountId));
    expect(known).toHaveLength(1);
  });

  test("count no more once the person has come in", async () => {
    const person = await aPerson(database.owner);
    const results = await tries(person.email, [
      ...wrongOnes(4),
      { at: seconds(60), password: PASSWORD },
      ...wrongOnes(4).map(({ at }) => ({ at: minutesAfter(at, 2) })),
      { at: seconds(180), password: PASSWORD },
    ]);
    expect(results.filter((code) => code === "ok")).toHaveLength(2);
  });
});

test("a console session ends by its idle timeout and is locked before", async () => {
  const person = await aPerson(database.owner);
  const { sessionId } = await signInAtConsole(visitor(), { email: person.email, password: PASSWORD });
  const [row] = await database.owner.select().from(sessions).where(eq(sessions.id, sessionId));
  expect(row).toMatchObject({ kind: "console", idleTimeoutS: 12 * 3600, lockedAt: null, mfaAt: null });
  clearAuthCache();
});
