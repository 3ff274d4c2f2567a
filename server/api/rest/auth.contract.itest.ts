import { expect, test } from "vitest";
import { errorOf, ownNetwork, rowOf, useCallers } from "@/db/testing/callers";
import { useTestDatabase } from "@/db/testing/database";
import { anAgency } from "@/db/testing/factories";
import { aPerson, PASSWORD } from "@/db/testing/people";
import { newId } from "@/server/ids";

const database = useTestDatabase();
const { as, anybody, signIn, aCaller, aWorkingAgency } = useCallers(database);

const attempt = (email: string, password: string, headers = ownNetwork()) =>
  anybody("POST", "/auth/login", { email, password }, headers);
const refresh = (refreshToken: string) => anybody("POST", "/auth/refresh", { refreshToken }, ownNetwork());
const whoami = (token: string) => as(token)("GET", "/me", undefined, ownNetwork());

test("signing in gives both tokens and the person's own row", async () => {
  const person = await aPerson(database.owner, { roles: ["billing", "clinical"] });
  const answer = await attempt(` ${person.email.toUpperCase()} `, PASSWORD);
  expect(answer.status).toBe(200);
  expect(answer.headers.get("cache-control")).toBe("no-store");
  const body = answer.body as { user: object; accessToken: string };
  expect(body).toEqual({
    accessToken: expect.any(String),
    expiresInS: 900,
    refreshToken: expect.any(String),
    user: {
      id: person.id,
      email: person.email,
      name: person.name,
      roles: ["billing", "clinical"],
      active: true,
      version: 1,
      agencyId: person.agencyId,
    },
  });
  expect((await whoami(body.accessToken)).body).toEqual(body.user);
});

test("a wrong password and an unknown e-mail get the same answer", async () => {
  const person = await aPerson(database.owner);
  const [wrong, unknown] = [await attempt(person.email, "wrong"), await attempt(`${newId()}@example.test`, "wrong")];
  expect([wrong.status, errorOf(wrong).code]).toEqual([401, "bad_credentials"]);
  expect([unknown.status, unknown.body]).toEqual([401, wrong.body]);
});

test("a sign-in without its fields is 400, and what was typed is not told back", async () => {
  const bodies = [{}, { email: "a@b.example" }, { email: "x", password: "secret-typed" }, { email: 1, password: [] }];
  for (const body of bodies) {
    const answer = await anybody("POST", "/auth/login", body, ownNetwork());
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer.body)).not.toContain("secret-typed");
  }
});

test("the 10th failure of an e-mail answers 429 also to the right password, whether it exists or not", async () => {
  const person = await aPerson(database.owner);
  for (const email of [person.email, `${newId()}@example.test`]) {
    const statuses: number[] = [];
    for (let i = 0; i < 10; i++) statuses.push((await attempt(email, `wrong ${i}`)).status);
    expect([email === person.email, statuses.slice(0, 5), statuses.at(-1)]).toEqual([
      email === person.email,
      [401, 401, 401, 401, 401],
      429,
    ]);
    const refused = await attempt(email, PASSWORD);
    expect([refused.status, errorOf(refused).code]).toEqual([429, "rate_limited"]);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(60);
  }
});

test("a device that the account knows is not locked out by others, nor is another account of that network", async () => {
  const person = await aPerson(database.owner);
  const colleague = await aPerson(database.owner, { agencyId: person.agencyId });
  const known = (await attempt(person.email, PASSWORD)).headers.get("x-device-token") ?? "";
  const network = ownNetwork();
  for (let i = 0; i < 10; i++) await attempt(person.email, "wrong", network);
  expect((await attempt(person.email, PASSWORD, network)).status).toBe(429);
  expect((await attempt(person.email, PASSWORD, { ...network, "x-device-token": known })).status).toBe(200);
  expect((await attempt(colleague.email, PASSWORD, network)).status).toBe(200);
});

test("a network gets 60 unauthenticated calls a minute, failed sign-ins among them; who is signed in goes on", async () => {
  const network = ownNetwork();
  const { token } = await aCaller((await anAgency(database.owner)).id, ["dispatcher"]);
  let allowed = 0;
  for (let i = 0; i < 80; i++) {
    const answer =
      i % 2 === 0
        ? await anybody("GET", "/trips", undefined, network)
        : await attempt(`${newId()}@example.test`, "wrong", network);
    if (answer.status === 429) {
      expect(Number(answer.headers.get("retry-after"))).toBeGreaterThanOrEqual(1);
      break;
    }
    allowed += 1;
    expect(answer.status).toBe(401);
  }
  // A few seconds of hashing passwords give back a few calls.
  expect(allowed).toBeGreaterThanOrEqual(60);
  expect(allowed).toBeLessThan(80);
  expect((await as(token)("GET", "/me", undefined, network)).status).toBe(200);
});

test("refreshing rotates; the previous token gives the same successor once more; an older one ends the family", async () => {
  const person = await aPerson(database.owner);
  const first = await signIn(person.email);
  const second = (await refresh(first.refreshToken)).body as typeof first;
  expect(second.refreshToken).not.toBe(first.refreshToken);
  const again = await refresh(first.refreshToken);
  expect([again.status, (again.body as typeof first).refreshToken]).toEqual([200, second.refreshToken]);
  const third = (await refresh(second.refreshToken)).body as typeof first;
  expect((await whoami(third.accessToken)).status).toBe(200);
  expect((await refresh(first.refreshToken)).status).toBe(401);
  expect((await refresh(third.refreshToken)).status).toBe(401);
  expect((await whoami(third.accessToken)).status).toBe(401);
});

test("the previous token is accepted for 60 s and not longer", async () => {
  const first = await signIn((await aPerson(database.owner)).email);
  const { refreshToken } = (await refresh(first.refreshToken)).body as typeof first;
  await database.sql`update refresh_tokens set used_at = used_at - interval '61 seconds' where used_at is not null`;
  expect((await refresh(first.refreshToken)).status).toBe(401);
  expect((await refresh(refreshToken)).status).toBe(401);
});

test("signing out ends access and refresh at once, and no other session", async () => {
  const person = await aPerson(database.owner);
  const [one, other] = [await signIn(person.email), await signIn(person.email)];
  expect((await as(one.accessToken)("POST", "/auth/logout")).status).toBe(200);
  expect((await whoami(one.accessToken)).status).toBe(401);
  expect((await refresh(one.refreshToken)).status).toBe(401);
  expect((await whoami(other.accessToken)).status).toBe(200);
  expect((await as(one.accessToken)("POST", "/auth/logout", undefined, ownNetwork())).status).toBe(401);
});

test("deactivation and a change of roles count at once for tokens already given out", async () => {
  const { admin, driver } = await aWorkingAgency();
  const user = rowOf(await admin("GET", `/users/${driver.person.id}`));
  const promoted = await admin("PATCH", `/users/${user.id}`, { roles: ["crew", "dispatcher"], version: user.version });
  expect(promoted.status).toBe(200);
  const fresh = (await signIn(driver.person.email)).accessToken;
  expect((await as(fresh)("GET", "/users")).status).toBe(200);
  expect((await admin("DELETE", `/users/${user.id}`)).status).toBe(204);
  expect((await whoami(fresh)).status).toBe(401);
  expect((await attempt(driver.person.email, PASSWORD)).status).toBe(401);
});

test("a person of several roles may do what any of them may", async () => {
  const { call } = await aCaller((await anAgency(database.owner)).id, ["billing", "crew"]);
  expect((await call("GET", "/vehicles")).status).toBe(200);
  expect((await call("PUT", "/me/availability", { state: "online" })).status).toBe(422);
  expect((await call("POST", "/trips", {})).status).toBe(403);
});
