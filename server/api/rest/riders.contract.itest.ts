import { expect, test } from "vitest";
import { type Caller, errorOf, itemsOf, reasonCodes, rowOf, useCallers } from "@/db/testing/callers";
import { useTestDatabase } from "@/db/testing/database";
import { auditOf } from "@/db/testing/dispatch";

const database = useTestDatabase();
const { aCaller, aPartner, aWorkingAgency, anybody } = useCallers(database);
const NOBODY = "00000000-0000-4000-8000-000000000000";

/** A rider kept over the API. */
const keep = async (call: Caller, name: string, rules: object = {}) => {
  const made = await call("POST", "/riders", { name, ...rules });
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  return rowOf(made);
};

test("how a rider rides is kept, read, found and changed by REST; each step is audited", async () => {
  const { dispatch, driver } = await aWorkingAgency();
  const other = await keep(dispatch, "Other Rider");
  const rules = { refusedCrew: [driver.person.id], preferredCrew: [], mostAboard: 1, maxRideMinutes: 40 };
  const made = await keep(dispatch, "Quill Marker", {
    ...rules,
    phone: "(309) 555-0142",
    pairs: [{ riderId: other.id, rule: "apart" }],
  });
  const pairs = [{ riderId: other.id, name: "Other Rider", rule: "apart" }];
  expect(made).toMatchObject({ ...rules, pairs, active: true, version: 1 });
  expect((await dispatch("GET", `/riders/${made.id}`)).body).toEqual(made);
  // The other one's card says it too.
  expect(rowOf(await dispatch("GET", `/riders/${other.id}`)).pairs).toMatchObject([
    { riderId: made.id, rule: "apart" },
  ]);
  const found = await dispatch("POST", "/riders/search", { q: "quill" });
  expect([found.status, itemsOf(found).map(({ id }) => id)]).toEqual([200, [made.id]]);
  const edit = { version: 1, maxRideMinutes: null, refusedCrew: [], pairs: [] };
  const edited = await dispatch("PATCH", `/riders/${made.id}`, edit);
  expect(edited).toMatchObject({ status: 200, body: { ...edit, version: 2, mostAboard: 1, name: "Quill Marker" } });
  expect(await auditOf(database, made.id)).toEqual(
    expect.arrayContaining(["rider.create", "rider.read", "rider.edit"]),
  );
});

test("a change without a version is 400, over a stale one 409 with the rider as it is", async () => {
  const { dispatch } = await aWorkingAgency();
  const { id } = await keep(dispatch, "Ann Example");
  expect((await dispatch("PATCH", `/riders/${id}`, { mostAboard: 2 })).status).toBe(400);
  expect((await dispatch("PATCH", `/riders/${id}`, { version: 1, mostAboard: 2 })).status).toBe(200);
  const stale = await dispatch("PATCH", `/riders/${id}`, { version: 1, mostAboard: 3 });
  expect([stale.status, reasonCodes(stale)]).toEqual([409, ["stale"]]);
  expect(errorOf(stale).reasons[0]?.current).toMatchObject({ id, mostAboard: 2, version: 2 });
});

test("rules that make no sense are 400, and people and riders who are not ours are 422 with their place", async () => {
  const { dispatch, driver } = await aWorkingAgency();
  const foreign = await keep((await aWorkingAgency()).dispatch, "Foreign Rider");
  const put = (rules: object) => dispatch("POST", "/riders", { name: "Ann Example", ...rules });
  for (const rules of [
    { mostAboard: 0 },
    { mostAboard: 1.5 },
    { maxRideMinutes: 4 },
    { maxRideMinutes: "40" },
    { refusedCrew: ["nobody"] },
    { refusedCrew: [driver.person.id, driver.person.id] },
    { pairs: [{ riderId: foreign.id, rule: "near" }] },
    { homeLat: 91, homeLon: 0 },
    { height: 180 },
  ])
    expect((await put(rules)).status, JSON.stringify(rules)).toBe(400);
  for (const [path, rules] of [
    ["refusedCrew.0", { refusedCrew: [NOBODY] }],
    ["preferredCrew.0", { preferredCrew: [NOBODY] }],
    ["pairs.0.riderId", { pairs: [{ riderId: foreign.id, rule: "together" }] }],
    ["preferredCrew.0", { preferredCrew: [driver.person.id], refusedCrew: [driver.person.id] }],
  ] as const) {
    const refused = await put(rules);
    expect([refused.status, errorOf(refused).reasons.map((reason) => reason.path)]).toEqual([422, [path]]);
  }
  expect(itemsOf(await dispatch("POST", "/riders/search", { q: "ann" }))).toEqual([]);
});

test("crews, billing and keys without the scope are refused, another agency finds nothing, a key with it reads only", async () => {
  const { agencyId, admin, dispatch, drive } = await aWorkingAgency();
  const { id } = await keep(dispatch, "Private Person");
  const billing = (await aCaller(agencyId, ["billing"])).call;
  const blind = (await aPartner(admin, ["trips:read"])).call;
  const partner = (await aPartner(admin, ["riders:read"])).call;
  const stranger = (await aWorkingAgency()).dispatch;
  const steps = [
    ["GET", `/riders/${id}`, undefined, 200],
    ["POST", "/riders/search", { q: "private" }, 200],
    ["PATCH", `/riders/${id}`, { version: 1, mostAboard: 1 }, 403],
    ["POST", "/riders", { name: "Somebody New" }, 403],
  ] as const;
  for (const [method, path, body, byPartner] of steps) {
    expect((await anybody(method, path, body)).status).toBe(401);
    for (const call of [drive, billing, blind]) expect((await call(method, path, body)).status).toBe(403);
    expect((await partner(method, path, body)).status).toBe(byPartner);
  }
  expect((await stranger("GET", `/riders/${id}`)).status).toBe(404);
  expect((await stranger("PATCH", `/riders/${id}`, { version: 1, mostAboard: 1 })).status).toBe(404);
  expect(itemsOf(await stranger("POST", "/riders/search", { q: "private" }))).toEqual([]);
  expect((await dispatch("GET", "/riders/nonsense")).status).toBe(404);
});
