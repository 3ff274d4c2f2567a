import { expect, test } from "vitest";
import { type Caller, itemsOf, NEW_TRIP, reasonCodes, rowOf, useCallers } from "@/db/testing/callers";
import { useTestDatabase } from "@/db/testing/database";
import { aPosition, systemCtx } from "@/db/testing/factories";
import { auditedActions } from "@/db/testing/people";
import { USUAL_SETTINGS } from "@/server/domain/plans/settings";
import { runPlan } from "./run-plan";

const database = useTestDatabase();
const { aCaller, aWorkingAgency } = useCallers(database);
const PATHS = ["", "/apply", "/reject", "/cancel"] as const;

test("a program plans by REST: asks, lists, reads, accepts", async () => {
  const { agencyId, dispatch, vehicle } = await aWorkingAgency();
  await aPosition(database.owner, agencyId, vehicle.id, { takenAt: new Date(), receivedAt: new Date() });
  const at = new Date(Date.now() + 90 * 60_000).toISOString();
  const trip = rowOf(await dispatch("POST", "/trips", { ...NEW_TRIP, pickup: { ...NEW_TRIP.pickup, at } }));
  const to = new Date(Date.now() + 6 * 3_600_000).toISOString();
  const asked = await dispatch("POST", "/plans", { to, seconds: 1 });
  expect(asked).toMatchObject({ status: 201, body: { state: "queued", kind: "mid_day" } });
  const { id } = rowOf(asked);
  await runPlan(systemCtx(database.db, agencyId, new Date()), { clock: () => new Date() });
  const read = await dispatch("GET", `/plans/${id}`);
  expect(read).toMatchObject({
    status: 200,
    body: { state: "proposed", trips: [{ tripId: trip.id, change: "added" }] },
  });
  expect(JSON.stringify(read.body)).not.toMatch(/Lovelace|Hidden Lane|555/);
  expect(itemsOf(await dispatch("GET", "/plans?limit=1")).map((plan) => plan.id)).toEqual([id]);
  const applied = await dispatch("POST", `/plans/${id}/apply`, {});
  expect(applied).toMatchObject({ status: 200, body: { applied: [trip.id], refused: [], plan: { state: "applied" } } });
  const again = await dispatch("POST", `/plans/${id}/apply`, {});
  expect([again.status, reasonCodes(again)]).toEqual([422, ["plan_applied"]]);
});

test("crews and billing are refused, and another agency finds nothing", async () => {
  const { agencyId, dispatch, drive } = await aWorkingAgency();
  const { id } = rowOf(await dispatch("POST", "/plans", {}));
  const billing = (await aCaller(agencyId, ["billing"])).call;
  const stranger = (await aWorkingAgency()).dispatch;
  for (const path of PATHS) {
    const method = path === "" ? "GET" : "POST";
    for (const call of [drive, billing]) expect((await call(method, `/plans/${id}${path}`)).status).toBe(403);
    expect((await stranger(method, `/plans/${id}${path}`)).status).toBe(404);
  }
  expect((await drive("POST", "/plans", {})).status).toBe(403);
  expect((await drive("POST", "/planning/quote", NEW_TRIP)).status).toBe(403);
  expect(itemsOf(await stranger("GET", "/plans"))).toEqual([]);
});

test("only an admin changes how days are planned, over the settings he has seen", async () => {
  const { agencyId, admin, dispatch } = await aWorkingAgency();
  const usual = await dispatch("GET", "/planning/settings");
  expect(usual.body).toEqual({ settings: USUAL_SETTINGS, version: 0 });
  const settings = { ...USUAL_SETTINGS, searchSeconds: 12 };
  expect((await dispatch("PUT", "/planning/settings", { settings, version: 0 })).status).toBe(403);
  const saved = await admin("PUT", "/planning/settings", { settings, version: 0 });
  expect(saved).toMatchObject({ status: 200, body: { settings: { searchSeconds: 12 }, version: 1 } });
  const stale = await admin("PUT", "/planning/settings", { settings, version: 0 });
  expect([stale.status, reasonCodes(stale)]).toEqual([409, ["stale"]]);
  const wrong = { ...settings, weights: { ...settings.weights, perKm: -1 } };
  expect((await admin("PUT", "/planning/settings", { settings: wrong, version: 1 })).status).toBe(400);
  expect(await auditedActions(database.owner, agencyId)).toContain("planning.settings");
  expect(rowOf(await dispatch("POST", "/plans", {})).seconds).toBe(12);
});

test("a caller's question is answered with the units that could come, or with what stands in the way", async () => {
  const { agencyId, dispatch, vehicle } = await aWorkingAgency();
  await aPosition(database.owner, agencyId, vehicle.id, { takenAt: new Date(), receivedAt: new Date() });
  const at = new Date(Date.now() + 90 * 60_000).toISOString();
  const { riderName: _name, riderPhone: _phone, ...asked } = NEW_TRIP;
  const question = { ...asked, pickup: { ...asked.pickup, at } };
  const answer = await dispatch("POST", "/planning/quote", question);
  expect(answer).toMatchObject({ status: 200, body: { possible: true, options: [{ callSign: expect.any(String) }] } });
  const refused = await dispatch("POST", "/planning/quote", { ...question, level: "als" });
  expect(refused).toMatchObject({ status: 200, body: { possible: false, options: [] } });
  expect(JSON.stringify(refused.body)).toMatch(/als/i);
  expect((await dispatch("POST", "/planning/quote", { ...question, riderName: "X" })).status).toBe(400);
});

test("some of a plan is accepted by REST and the rest declined; what was decided stays decided", async () => {
  const { dispatch, agencyId, vehicle, shift } = await aWorkingAgency();
  await aPosition(database.owner, agencyId, vehicle.id, { takenAt: new Date(), receivedAt: new Date() });
  const { id, tripIds } = await aPlanOfTwo(dispatch, agencyId);
  const [first, second] = tripIds;
  const part = await dispatch("POST", `/plans/${id}/apply`, { tripIds: [first] });
  expect(part).toMatchObject({
    status: 200,
    body: { applied: [first], refused: [], plan: { state: "partly_applied" } },
  });
  const rest = await dispatch("POST", `/plans/${id}/reject`, {});
  expect(rest).toMatchObject({ status: 200, body: { state: "applied" } });
  expect((await dispatch("GET", `/trips/${first}`)).body).toMatchObject({ assignment: { shiftId: shift.id } });
  expect((await dispatch("GET", `/trips/${second}`)).body).toMatchObject({ assignment: null });
  const actions = await auditedActions(database.owner, agencyId);
  expect(actions).toEqual(expect.arrayContaining(["plan.apply", "plan.reject"]));
  const late = await dispatch("POST", `/plans/${id}/cancel`, {});
  expect(late.status).toBe(422);
});

test("a plan whose trip was changed since is refused with that trip, unless what is stale may be left out", async () => {
  const { dispatch, agencyId, vehicle } = await aWorkingAgency();
  await aPosition(database.owner, agencyId, vehicle.id, { takenAt: new Date(), receivedAt: new Date() });
  const { id, tripIds } = await aPlanOfTwo(dispatch, agencyId);
  const [first, second] = tripIds;
  expect((await dispatch("POST", `/trips/${first}/cancel`, { reason: "rider called off" })).status).toBe(200);
  const refused = await dispatch("POST", `/plans/${id}/apply`, {});
  expect(refused.status).toBe(409);
  expect(reasonCodes(refused)).toContain("stale_trip");
  expect((await dispatch("GET", `/trips/${second}`)).body).toMatchObject({ assignment: null });
  expect((await dispatch("POST", `/plans/${id}/apply`, { tripIds: ["nonsense"] })).status).toBe(400);
  const rest = await dispatch("POST", `/plans/${id}/apply`, { skipStale: true });
  expect(rest).toMatchObject({ status: 200, body: { applied: [second] } });
});

/** A proposal that gives both of two trips to the agency's only van. */
async function aPlanOfTwo(dispatch: Caller, agencyId: string) {
  const tripIds: string[] = [];
  for (const minutes of [90, 210]) {
    const at = new Date(Date.now() + minutes * 60_000).toISOString();
    const trip = await dispatch("POST", "/trips", { ...NEW_TRIP, pickup: { ...NEW_TRIP.pickup, at } });
    tripIds.push(rowOf(trip).id);
  }
  // To a moment and not to the end of the day, which may be near.
  const to = new Date(Date.now() + 6 * 3_600_000).toISOString();
  const { id } = rowOf(await dispatch("POST", "/plans", { to, seconds: 1 }));
  await runPlan(systemCtx(database.db, agencyId, new Date()), { clock: () => new Date() });
  expect((await dispatch("GET", `/plans/${id}`)).body).toMatchObject({ state: "proposed", unservedCount: 0 });
  return { id, tripIds };
}
