import { beforeAll, beforeEach, expect, test } from "vitest";
import { useTestDatabase } from "@/db/testing/database";
import { anAgency, aUser } from "@/db/testing/factories";
import { aPerson, auditedActions, PASSWORD } from "@/db/testing/people";
import { clearAuthCache } from "@/server/auth/auth-cache";
import { cookieNames } from "@/server/auth/cookies";
import { actorFromCookies } from "@/server/auth/resolve-actor";
import { signSessionToken } from "@/server/auth/session-tokens";
import { setDatabase } from "@/server/database";
import { newId } from "@/server/ids";
import { lockConsole } from "@/server/services/people/lock-console";
import { signInAtConsole } from "@/server/services/people/sign-in";
import { listPlaces } from "@/server/services/people/switch-agency";
import { singleton } from "@/server/singleton";
import { answerSwitch } from "./switch-agency";

const database = useTestDatabase();
beforeAll(() => {
  setDatabase(database.db);
  singleton("revocations", () => true);
});
beforeEach(clearAuthCache);

const visitor = () => ({ db: database.db, now: new Date(), requestId: newId(), network: newId(), userAgent: "test" });
const whoHas = (cookie: string) => actorFromCookies({ headers: new Headers({ cookie }) });

/** Somebody at the console of the first of two agencies. */
async function aPersonOfTwo() {
  const person = await aPerson(database.owner, { roles: ["admin"] });
  const other = await anAgency(database.owner);
  await aUser(database.owner, other.id, ["dispatcher"], { accountId: person.accountId });
  const { sessionId } = await signInAtConsole(visitor(), { email: person.email, password: PASSWORD });
  const token = await signSessionToken("console-cookie", sessionId, new Date(Date.now() + 3_600_000));
  const cookie = `${cookieNames().session}=${token}`;
  const send = (agencyId: string, headers: Record<string, string> = {}) =>
    answerSwitch(
      new Request("http://console.test/api/auth/switch", {
        method: "POST",
        headers: {
          cookie,
          host: "console.test",
          origin: "http://console.test",
          "content-type": "application/json",
          ...headers,
        },
        body: JSON.stringify({ agencyId }),
      }),
    );
  return { person, other, cookie, send };
}

test("somebody with two agencies goes on in the other: a new session there, the old one ended, both audited", async () => {
  const { person, other, cookie, send } = await aPersonOfTwo();
  const actor = await whoHas(cookie);
  if (!actor) throw new Error("signed out");
  const places = await listPlaces({ ...visitor(), actor });
  expect(places.map(({ agencyId, current }) => [agencyId, current])).toEqual(
    expect.arrayContaining([
      [person.agencyId, true],
      [other.id, false],
    ]),
  );
  const answer = await send(other.id);
  expect(answer.status).toBe(200);
  const [fresh = ""] = answer.headers.get("set-cookie")?.split(";") ?? [];
  expect(await whoHas(fresh)).toMatchObject({ agencyId: other.id, roles: ["dispatcher"], accountId: person.accountId });
  expect(await whoHas(cookie)).toBeNull();
  expect(await auditedActions(database.owner, other.id)).toEqual(["session.start"]);
  expect(await auditedActions(database.owner, person.agencyId)).toEqual(["session.start", "session.end"]);
  expect((await send(person.agencyId)).status).toBe(401);
});

test("an agency without a place, the same one, another site's page and a locked console are refused, and nothing ends", async () => {
  const { person, other, cookie, send } = await aPersonOfTwo();
  const foreign = await anAgency(database.owner);
  expect((await send(foreign.id)).status).toBe(404);
  expect((await send(person.agencyId)).status).toBe(422);
  expect((await send(other.id, { origin: "http://evil.test" })).status).toBe(403);
  const actor = await whoHas(cookie);
  if (!actor) throw new Error("signed out");
  await lockConsole({ ...visitor(), actor });
  clearAuthCache();
  expect((await send(other.id)).status).toBe(403);
  expect(await whoHas(cookie)).toMatchObject({ agencyId: person.agencyId });
  expect(await auditedActions(database.owner, other.id)).toEqual([]);
});
