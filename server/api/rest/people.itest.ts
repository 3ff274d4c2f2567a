import { createHash } from "node:crypto";
import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { idempotencyKeys } from "@/db/schema";
import { useTestDatabase } from "@/db/testing/database";
import { aPerson, PASSWORD } from "@/db/testing/people";
import { useRest } from "@/db/testing/rest";
import { CLIENT_IP_HEADER } from "@/server/client-address";
import type { Role } from "@/server/context";
import { newId } from "@/server/ids";

const database = useTestDatabase();
const call = useRest(database);

let networks = 0;
/** Each caller comes from a network of its own unless one is named. */
const from = (network = ++networks) => ({ [CLIENT_IP_HEADER]: `198.51.100.${network}` });
const post = (path: string, body: unknown, token?: string, headers = from()) =>
  call("POST", path, { body, headers, ...(token && { token }) });

type Tokens = { accessToken: string; refreshToken: string; user: { id: string } };
async function signedIn(roles: Role[] = ["admin"], agencyId?: string) {
  const person = await aPerson(database.owner, { roles, ...(agencyId && { agencyId }) });
  const { body } = await post("/auth/login", { email: person.email, password: PASSWORD });
  return { person, ...(body as Tokens) };
}

describe("/auth", () => {
  test("login answers with tokens and the person, who then is /me", async () => {
    const { person, accessToken } = await signedIn(["dispatcher"]);
    const { status, headers, body } = await post("/auth/login", { email: person.email, password: PASSWORD });
    expect(status).toBe(200);
    expect(headers.get("cache-control")).toBe("no-store");
    expect(Object.keys(body as object).sort()).toEqual(["accessToken", "expiresInS", "refreshToken", "user"]);
    expect(body).toMatchObject({ expiresInS: 900, user: { id: person.id, agencyId: person.agencyId, active: true } });
    const me = await call("GET", "/me", { token: accessToken });
    expect(me).toMatchObject({ status: 200, body: (body as Tokens).user });
  });

  test("a wrong password is 401 bad_credentials, too many are 429 with Retry-After", async () => {
    const { person } = await signedIn();
    const wrong = { email: person.email, password: "wrong" };
    expect(await post("/auth/login", wrong)).toMatchObject({
      status: 401,
      body: { error: { code: "bad_credentials" } },
    });
    for (let i = 0; i < 8; i++) await post("/auth/login", wrong);
    const tenth = await post("/auth/login", wrong);
    expect(tenth).toMatchObject({ status: 429, body: { error: { code: "rate_limited" } } });
    expect(Number(tenth.headers.get("retry-after"))).toBeGreaterThan(600);
    expect((await post("/auth/login", { email: person.email, password: PASSWORD })).status).toBe(429);
  });

  test("what is no sign-in is 400: malformed JSON, wrong types, unknown fields, no e-mail", async () => {
    const bodies = [
      "{",
      "[]",
      '"x"',
      {},
      { email: 1, password: 2 },
      { email: "a@b.test", password: "x", role: "admin" },
    ];
    for (const body of bodies) expect((await post("/auth/login", body)).status).toBe(400);
    for (const email of ["' or 1=1 --", "a\u0000@b.test", "<script>@x"]) {
      expect((await post("/auth/login", { email, password: "x" })).status).toBe(400);
    }
  });

  test("refresh rotates, logout ends it at once", async () => {
    const { accessToken, refreshToken } = await signedIn();
    const refreshed = await post("/auth/refresh", { refreshToken });
    expect(refreshed.status).toBe(200);
    const next = refreshed.body as Tokens;
    expect((await post("/auth/logout", {}, next.accessToken)).status).toBe(200);
    for (const token of [accessToken, next.accessToken]) {
      expect(await call("GET", "/me", { token, headers: from() })).toMatchObject({
        status: 401,
        body: { error: { code: "unauthenticated" } },
      });
    }
    expect((await post("/auth/refresh", { refreshToken: next.refreshToken })).status).toBe(401);
  });

  test("a network that fails 60 times in a minute is told to wait, and others are not", async () => {
    const headers = from(250);
    const failures = Array.from({ length: 60 }, () =>
      post("/auth/refresh", { refreshToken: newId() }, undefined, headers),
    );
    expect((await Promise.all(failures)).every(({ status }) => status === 401)).toBe(true);
    expect((await post("/auth/refresh", { refreshToken: newId() }, undefined, headers)).status).toBe(429);
    expect((await post("/auth/refresh", { refreshToken: newId() })).status).toBe(401);
  });
});

describe("/users and /api-keys", () => {
  test("live from creation to deactivation", async () => {
    const { accessToken: token } = await signedIn();
    const email = `${newId()}@example.test`;
    const created = await post("/users", { email, role: "crew", password: "long enough" }, token);
    expect(created).toMatchObject({ status: 201, body: { email, roles: ["crew"], active: true, version: 1 } });
    const { id } = created.body as { id: string };
    expect(await call("GET", `/users/${id}`, { token })).toMatchObject({ status: 200, body: { id } });
    const patch = (body: unknown) => call("PATCH", `/users/${id}`, { token, body });
    expect((await patch({ name: "No version" })).status).toBe(400);
    expect(await patch({ version: 1, name: "Ann" })).toMatchObject({ status: 200, body: { name: "Ann", version: 2 } });
    expect(await patch({ version: 1, name: "Late" })).toMatchObject({
      status: 409,
      body: { error: { reasons: [{ path: "version", code: "stale", current: { name: "Ann" } }] } },
    });
    for (const expected of [204, 204]) expect((await call("DELETE", `/users/${id}`, { token })).status).toBe(expected);
    expect((await call("GET", "/users", { token })).body).toMatchObject({ items: [{}], nextCursor: null });
  });

  test("an invitation's link is in the answer, and the same Idempotency-Key gives the same person with a password", async () => {
    const { accessToken: token } = await signedIn();
    const invited = await post("/users", { email: `${newId()}@example.test`, role: "billing" }, token);
    expect(invited.body).toMatchObject({ inviteUrl: expect.stringContaining("/link#") });
    const body = { email: `${newId()}@example.test`, role: "crew", password: "long enough" };
    const headers = { "idempotency-key": newId() };
    const [one, two] = [
      await call("POST", "/users", { token, body, headers }),
      await call("POST", "/users", { token, body, headers }),
    ];
    expect(two).toMatchObject({ status: 201, body: one.body });
    // A password could be guessed from a plain hash of the body.
    const [kept] = await database.owner
      .select()
      .from(idempotencyKeys)
      .where(eq(idempotencyKeys.key, headers["idempotency-key"]));
    expect(kept).toMatchObject({ status: 201, bodyHash: expect.any(String) });
    const parsed = { email: body.email, role: body.role, password: body.password };
    const plain = createHash("sha256").update(JSON.stringify(parsed)).digest("base64url");
    expect(kept?.bodyHash).not.toBe(plain);
  });

  test("are the admin's: others get 403 before their body is looked at, keys get 403, strangers 404", async () => {
    const admin = await signedIn();
    const dispatcher = await signedIn(["dispatcher"], admin.person.agencyId);
    expect((await post("/users", "{", dispatcher.accessToken)).status).toBe(403);
    expect((await call("GET", "/users", { token: dispatcher.accessToken })).status).toBe(200);
    const key = await post("/api-keys", { name: "Broker", scopes: ["trips:read"] }, admin.accessToken);
    expect(key.status).toBe(201);
    const { token, id } = key.body as { token: string; id: string };
    expect((await call("GET", "/users", { token })).status).toBe(403);
    expect((await call("GET", "/me", { token })).status).toBe(403);
    const stranger = await signedIn();
    for (const path of [`/users/${admin.person.id}`, `/api-keys/${id}`, "/users/not-an-id"]) {
      expect((await call("GET", path, { token: stranger.accessToken })).status).toBe(404);
      expect((await call("DELETE", path, { token: stranger.accessToken })).status).toBe(404);
    }
    expect((await call("DELETE", `/api-keys/${id}`, { token: admin.accessToken })).status).toBe(204);
    expect((await call("GET", "/users", { token, headers: from() })).status).toBe(401);
  });

  test("a limit above 200, an unknown role and a password that is too short are 400", async () => {
    const { accessToken: token } = await signedIn();
    expect((await call("GET", "/users?limit=201", { token })).status).toBe(400);
    expect((await call("GET", "/users?cursor=nonsense", { token })).status).toBe(400);
    expect((await post("/users", { email: `${newId()}@example.test`, role: "king" }, token)).status).toBe(400);
    const short = { email: `${newId()}@example.test`, role: "crew", password: "short" };
    expect((await post("/users", short, token)).status).toBe(400);
    const odd = { email: `${newId()}@example.test`, role: "crew", name: "a\u0000b", password: "long enough" };
    expect((await post("/users", odd, token)).status).toBe(400);
  });
});
