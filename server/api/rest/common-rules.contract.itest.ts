import { expect, test } from "vitest";
import { type Caller, errorOf, itemsOf, NEW_TRIP, ownNetwork, rowOf, useCallers } from "@/db/testing/callers";
import { useTestDatabase } from "@/db/testing/database";
import type { Answer } from "@/db/testing/rest";
import { isAllowed, ROLES } from "@/server/domain/people/permissions";
import { newId } from "@/server/ids";
import type { Route } from "./kit/route";
import { routes } from "./registry";

const database = useTestDatabase();
const { anybody, as, aCaller, aPartner, aWorkingAgency } = useCallers(database);

const named = (route: Route) => `${route.method} ${route.path}`;
const pathOf = (route: Route, id = newId()) => route.path.replaceAll(/\{\w+\}/g, id);
const closed = routes.filter(({ permission }) => permission !== "public");
const takesBody = ({ method, body }: Route) => method !== "GET" && body !== undefined;

/** The error's shape: nothing but a code, a message and reasons. */
function expectError(answer: Answer, status: number, code: string) {
  expect(answer.status).toBe(status);
  expect(answer.headers.get("content-type")).toContain("application/json");
  expect(Object.keys(answer.body as object)).toEqual(["error"]);
  expect(errorOf(answer)).toEqual({ code, message: expect.any(String), reasons: expect.any(Array) });
}

async function everybody() {
  const agency = await aWorkingAgency();
  const callers = new Map<string, Caller>();
  for (const role of ROLES) callers.set(role, (await aCaller(agency.agencyId, [role])).call);
  return { ...agency, callers };
}

test("without a token, or with one that opens nothing, every closed route is 401", async () => {
  for (const route of closed) {
    expectError(await anybody(route.method, pathOf(route), undefined, ownNetwork()), 401, "unauthenticated");
  }
  for (const authorization of ["Bearer rbk_nope", "Bearer rbd_nope", "Bearer a.b.c", "Bearer", "Basic YTpi", "x"]) {
    expectError(await anybody("GET", "/me", undefined, { authorization, ...ownNetwork() }), 401, "unauthenticated");
  }
});

test("a cookie opens nothing below /api/v1", async () => {
  const cookie = "rb-test-session=whatever; __Host-rb-test-session=whatever";
  expectError(await anybody("GET", "/me", undefined, { cookie, ...ownNetwork() }), 401, "unauthenticated");
});

test("who may is decided before what is sent: 403 comes before 400, 404 and 422", async () => {
  const { callers } = await everybody();
  for (const route of closed) {
    if (route.permission === "public") continue;
    for (const role of ROLES) {
      if (isAllowed(route.permission, { roles: [role] })) continue;
      const answer = await callers.get(role)?.(
        route.method,
        pathOf(route, "no-id"),
        takesBody(route) ? "{" : undefined,
      );
      expect([role, named(route), answer?.status]).toEqual([role, named(route), 403]);
      if (answer) expectError(answer, 403, "forbidden");
    }
  }
});

test("malformed JSON, another media type and unknown fields are told apart on every route with a body", async () => {
  const { callers } = await everybody();
  const id = newId();
  for (const route of routes.filter(takesBody)) {
    const role = ROLES.find((one) => route.permission === "public" || isAllowed(route.permission, { roles: [one] }));
    const send = (body: unknown, headers = {}) =>
      (callers.get(role ?? "admin") as Caller)(route.method, pathOf(route, id), body, { ...ownNetwork(), ...headers });
    expectError(await send("{"), 400, "invalid");
    expectError(await send('{"limit": NaN}'), 400, "invalid");
    expectError(await send("[]"), 400, "invalid");
    expectError(await send("null"), 400, "invalid");
    expectError(await send("{}", { "content-type": "text/plain" }), 415, "unsupported_media_type");
    const unknown = await send({ definitelyUnknown: 1 });
    expectError(unknown, 400, "invalid");
    expect(errorOf(unknown).reasons).toContainEqual(
      expect.objectContaining({ path: "definitelyUnknown", code: "unknown_field" }),
    );
    expectError(await send(`{"a":"${"x".repeat(1_000_001)}"}`), 413, "too_large");
  }
});

test("a malformed id in a path, an unknown one and an unknown path are 404", async () => {
  const { callers } = await everybody();
  const admin = callers.get("admin") as Caller;
  const withId = closed.filter(({ path }) => path.includes("{id}"));
  for (const route of withId.filter(({ method }) => method === "GET" || method === "DELETE")) {
    for (const id of ["7", "not-an-id", "%00", "%E0%A4%A", `${newId()}x`, "..%2f..%2fetc", newId()]) {
      const answer = await admin(route.method, pathOf(route, id));
      expect([named(route), id, answer.status]).toEqual([named(route), id, 404]);
    }
  }
  for (const route of withId.filter(takesBody)) {
    expect([named(route), (await admin(route.method, pathOf(route, "7"), { version: 1 })).status]).toEqual([
      named(route),
      404,
    ]);
  }
  expectError(await admin("GET", "/nothing-here"), 404, "not_found");
  expectError(await admin("GET", "/trips/1/2/3/4"), 404, "not_found");
});

test("a trailing slash is the same route; another method is 405 with Allow", async () => {
  const { admin, dispatch } = await aWorkingAgency();
  const { id } = rowOf(await dispatch("POST", "/trips/", NEW_TRIP));
  expect((await dispatch("GET", `/trips/${id}/`)).status).toBe(200);
  expect((await admin("GET", "/vehicles/?limit=1")).status).toBe(200);
  const refused = await admin("PUT", `/trips/${id}`);
  expectError(refused, 405, "method_not_allowed");
  expect(refused.headers.get("allow")?.split(", ")).toEqual(expect.arrayContaining(["GET", "PATCH"]));
  for (const path of new Set(routes.map(({ path: template }) => template))) {
    const allowed = routes.filter((route) => route.path === path).map(({ method }) => method as string);
    const other = ["PUT", "DELETE", "PATCH", "POST"].find((method) => !allowed.includes(method));
    const answer = await anybody(String(other), path.replaceAll(/\{\w+\}/g, newId()), undefined, ownNetwork());
    expect([path, answer.status]).toEqual([path, 405]);
    expect(answer.headers.get("allow")?.split(", ")).toEqual(expect.arrayContaining(allowed));
  }
});

test("OPTIONS names the methods of a path", async () => {
  const answer = await anybody("OPTIONS", "/bases", undefined, ownNetwork());
  expect([answer.status, answer.headers.get("allow")]).toEqual([204, "POST, GET, OPTIONS"]);
  expectError(await anybody("OPTIONS", "/nothing-here", undefined, ownNetwork()), 404, "not_found");
});

test("a parameter given twice is a list, and no list where one value is due", async () => {
  const { dispatch } = await aWorkingAgency();
  const { id } = rowOf(await dispatch("POST", "/trips", NEW_TRIP));
  await dispatch("POST", "/trips", NEW_TRIP);
  await dispatch("POST", `/trips/${id}/cancel`, { reason: "called off" });
  const list = async (query: string) => itemsOf(await dispatch("GET", `/trips?${query}`)).length;
  expect(await list("status=cancelled")).toBe(1);
  expect(await list("status=cancelled&status=requested")).toBe(2);
  expectError(await dispatch("GET", "/trips?limit=1&limit=2"), 400, "invalid");
});

test("a packed body is 415, not taken for malformed JSON", async () => {
  const { admin } = await aWorkingAgency();
  const body = JSON.stringify({ name: "North", lat: 40, lon: -89 });
  expectError(await admin("POST", "/bases", body, { "content-encoding": "gzip" }), 415, "unsupported_media_type");
  expect((await admin("POST", "/bases", body, { "content-encoding": "identity" })).status).toBe(201);
});

test("every list takes limit up to 200 and the cursor it gave, and nothing else", async () => {
  const { admin } = await aWorkingAgency();
  const lists = ["users", "bases", "facilities", "vehicles", "shifts", "devices", "api-keys", "trips"];
  for (const list of lists) {
    const page = await admin("GET", `/${list}?limit=200`);
    expect([list, page.status, page.body]).toEqual([list, 200, { items: expect.any(Array), nextCursor: null }]);
    for (const query of ["limit=201", "limit=0", "limit=-1", "limit=x", "limit=1.5", "limit=NaN", "cursor=zzz"]) {
      const answer = await admin("GET", `/${list}?${query}`);
      expect([list, query, answer.status]).toEqual([list, query, 400]);
    }
    expect((await admin("GET", `/${list}?q=free+text`)).status).toBe(400);
  }
});

test("a cursor goes through a list without a gap or a repetition, and is null at its end", async () => {
  const { admin } = await aWorkingAgency();
  const names = ["d", "a", "c", "e", "b"];
  for (const name of names) await admin("POST", "/bases", { name, lat: 40, lon: -89 });
  const seen: unknown[] = [];
  let cursor: string | null = "";
  for (let pages = 0; cursor !== null && pages < 9; pages++) {
    const page: Answer = await admin("GET", `/bases?limit=2${cursor ? `&cursor=${cursor}` : ""}`);
    seen.push(...itemsOf(page).map(({ name }) => name));
    cursor = (page.body as { nextCursor: string | null }).nextCursor;
  }
  expect(seen).toHaveLength(names.length);
  expect(new Set(seen)).toEqual(new Set(names));
});

test("an Idempotency-Key gives the first answer again, to the same credential, method, path and body only", async () => {
  const { admin, dispatch, agencyId } = await aWorkingAgency();
  const key = { "idempotency-key": "once-1" };
  const first = await dispatch("POST", "/trips", NEW_TRIP, key);
  const again = await dispatch("POST", "/trips", NEW_TRIP, key);
  expect([again.status, again.body]).toEqual([201, first.body]);
  expect((await dispatch("POST", "/trips/", NEW_TRIP, key)).body).toEqual(first.body);
  expectError(await dispatch("POST", "/trips", { ...NEW_TRIP, level: "als" }, key), 422, "rule_broken");
  const { call: colleague } = await aCaller(agencyId, ["dispatcher"]);
  expect(rowOf(await colleague("POST", "/trips", NEW_TRIP, key)).id).not.toBe(rowOf(first).id);
  const found = await dispatch("POST", "/trips/search", { q: "nobody" }, key);
  expect(found.status).toBe(200);
  const refused = await dispatch(
    "POST",
    "/trips",
    { ...NEW_TRIP, pickup: { facilityId: newId() } },
    { "idempotency-key": "once-2" },
  );
  expect(refused.status).toBe(422);
  expect(itemsOf(await dispatch("GET", "/trips"))).toHaveLength(2);
  expect((await dispatch("POST", "/trips", NEW_TRIP, { "idempotency-key": "x".repeat(201) })).status).toBe(400);
  const device = {
    label: "Phone",
    vehicleId: rowOf(await admin("POST", "/vehicles", { vehicleNo: "9", type: "car" })).id,
  };
  const secret = await admin("POST", "/devices", device, key);
  expect(rowOf(await admin("POST", "/devices", device, key)).token).not.toBe(rowOf(secret).token);
});

test("two requests with one key at once book one trip", async () => {
  const { dispatch } = await aWorkingAgency();
  const key = { "idempotency-key": "race" };
  const answers = await Promise.all([1, 2, 3].map(() => dispatch("POST", "/trips", NEW_TRIP, key)));
  for (const answer of answers) {
    if (answer.status === 409) expectError(answer, 409, "in_progress");
    else expect(answer.status).toBe(201);
  }
  expect(itemsOf(await dispatch("GET", "/trips"))).toHaveLength(1);
});

test("a device token opens nothing but ingest", async () => {
  const { admin, vehicle } = await aWorkingAgency();
  const token = rowOf(await admin("POST", "/devices", { label: "Phone", vehicleId: vehicle.id })).token as string;
  for (const route of closed) {
    const answer = await as(token)(route.method, pathOf(route), undefined, ownNetwork());
    expect([named(route), answer.status]).toEqual([named(route), 401]);
  }
});

test("API keys open what their scopes say and nothing else", async () => {
  const { admin } = await aWorkingAgency();
  const partner = await aPartner(admin, ["trips:read"]);
  expect((await partner.call("GET", "/trips")).status).toBe(200);
  for (const path of ["/vehicles", "/me", "/users", "/api-keys", "/realtime"]) {
    expect([path, (await partner.call("GET", path)).status]).toEqual([path, 403]);
  }
  expectError(await partner.call("POST", "/trips", "{"), 403, "forbidden");
  expect((await admin("DELETE", `/api-keys/${partner.id}`)).status).toBe(204);
  expectError(await partner.call("GET", "/trips", undefined, ownNetwork()), 401, "unauthenticated");
});
