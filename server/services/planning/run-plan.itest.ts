import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import * as schema from "@/db/schema";
import { useTestDatabase } from "@/db/testing/database";
import { aCall, aDispatch, announcedTo, auditOf, aVan, later, minutesAfter, NOW } from "@/db/testing/dispatch";
import { aBase, aPosition, systemCtx } from "@/db/testing/factories";
import type { Ctx } from "@/server/context";
import type { RequestPlanInput } from "@/server/domain/plans/inputs";
import { assignTrip } from "@/server/services/trips/assign-trip";
import { getTrip } from "@/server/services/trips/get-trip";
import { markReady } from "@/server/services/trips/mark-ready";
import { applyPlan } from "./apply-plan";
import { cancelPlan } from "./cancel-plan";
import { claimPlan } from "./claim-plan";
import { getPlan } from "./get-plan";
import { noteProgress } from "./plan-progress";
import { requestPlan } from "./request-plan";
import { runPlan } from "./run-plan";

const database = useTestDatabase();
const worker = (agencyId: string, minutes = 0): Ctx => ({
  ...systemCtx(database.db, agencyId),
  now: minutesAfter(NOW, minutes),
});
const run = (agencyId: string, minutes = 0) => {
  const ctx = worker(agencyId, minutes);
  return runPlan(ctx, { clock: () => ctx.now });
};

/** Asks for a plan and has it made. */
async function planned(ctx: Ctx, input: RequestPlanInput = {}) {
  const { id } = await requestPlan(ctx, { seconds: 1, seed: 7, ...input });
  expect(await runPlan({ ...worker(ctx.actor.agencyId), now: ctx.now }, { clock: () => ctx.now })).toBe(true);
  return getPlan(ctx, { planId: id });
}

/** An agency whose vans stand where a fix says. */
async function aFleet(vans = 2) {
  const dispatch = await aDispatch(database, vans);
  for (const { vehicle } of dispatch.units) await aPosition(database.owner, dispatch.agencyId, vehicle.id);
  return dispatch;
}
const at = (minute: number, more: object = {}) => ({
  timing: "fixed" as const,
  pickup: { lat: 40.62, lon: -89.38, at: minutesAfter(NOW, minute) },
  ...more,
});
const stateOf = async (id: string) => {
  const [row] = await database.owner.select().from(schema.plans).where(eq(schema.plans.id, id));
  return row;
};

test("a plan is asked for, made, looked at and accepted", async () => {
  const { agencyId, dispatcher } = await aFleet();
  const trips = [];
  for (const minute of [60, 70, 120]) trips.push(await aCall(dispatcher, at(minute)));
  const asked = await requestPlan(dispatcher, { seconds: 1, seed: 7 });
  expect(asked).toMatchObject({ kind: "mid_day", state: "queued", date: "2027-03-03" });
  const [job] = await database.sql`select data from pgboss.job where data->>'job' = 'make-plans'`;
  expect(job?.data).toEqual({ job: "make-plans", queue: "planning" });
  expect(await run(agencyId)).toBe(true);
  expect(await run(agencyId)).toBe(false);
  const plan = await getPlan(dispatcher, { planId: asked.id });
  expect(plan).toMatchObject({ state: "proposed", progress: 1, unservedCount: 0, tripCount: 3 });
  expect(plan.trips.map(({ change }) => change)).toEqual(["added", "added", "added"]);
  expect(plan.after?.trips).toBe(3);
  expect(plan.after?.distanceM).toBeGreaterThan(0);
  const done = await applyPlan(dispatcher, { planId: asked.id, skipStale: false });
  expect(done.applied).toHaveLength(3);
  for (const { id } of trips) expect(await getTrip(dispatcher, { tripId: id })).toMatchObject({ status: "reserved" });
  expect(await auditOf(database, asked.id)).toEqual(
    ["plan.request", "plan.propose", "plan.apply", "plan.apply"].slice(0, (await auditOf(database, asked.id)).length),
  );
  expect(await announcedTo(database, agencyId)).toEqual(
    expect.arrayContaining([
      "plan.changed queued",
      "plan.changed running",
      "plan.changed proposed",
      "plan.changed applied",
    ]),
  );
  const again = await planned(later(dispatcher, 1));
  expect(again.trips.map(({ change }) => change)).toEqual(["kept", "kept", "kept"]);
});

test("locked and started trips stay where they are", async () => {
  const { dispatcher, units } = await aFleet();
  const [shift] = units.map((unit) => unit.shift.id);
  const told = await aCall(dispatcher);
  await assignTrip(dispatcher, { tripId: told.id, shiftId: shift, mode: "dispatch" });
  await aCall(dispatcher, at(120));
  const plan = await planned(dispatcher);
  const kept = plan.trips.find(({ tripId }) => tripId === told.id);
  expect(kept).toMatchObject({ change: "kept", to: { shiftId: shift } });
  expect(plan.units.find(({ shiftId }) => shiftId === shift)?.stops[0]).toMatchObject({ tripId: told.id, fixed: true });
});

test("a unit that is lost during the day loses what was held for it to another", async () => {
  const { dispatcher, units } = await aFleet();
  const [lost, other] = units.map(({ shift }) => shift.id);
  const trip = await aCall(dispatcher, at(120));
  await assignTrip(dispatcher, { tripId: trip.id, shiftId: lost, mode: "reserve" });
  await database.owner
    .update(schema.shifts)
    .set({ state: "out_of_service" })
    .where(eq(schema.shifts.id, lost ?? ""));
  const plan = await planned(later(dispatcher, 10));
  expect(plan.trips).toMatchObject([{ tripId: trip.id, change: "moved", to: { shiftId: other } }]);
  expect(plan.findings.unusable).toMatchObject([{ shiftId: lost, why: "out of service" }]);
  await applyPlan(later(dispatcher, 11), { planId: plan.id, skipStale: false });
  expect(await getTrip(dispatcher, { tripId: trip.id })).toMatchObject({ status: "reserved" });
});

test("a will-call is not planned before its rider is ready", async () => {
  const { dispatcher } = await aFleet();
  const call = await aCall(dispatcher, { timing: "will_call" });
  const before = await planned(dispatcher);
  expect(before.trips).toMatchObject([{ tripId: call.id, change: "unserved", to: null }]);
  expect(before.trips[0]?.why.length).toBeGreaterThan(0);
  await markReady(dispatcher, { tripId: call.id });
  const after = await planned(dispatcher);
  expect(after.trips).toMatchObject([{ tripId: call.id, change: "added" }]);
});

test("a night is planned across midnight", async () => {
  const { agencyId, dispatcher } = await aDispatch(database);
  // 23:40 in Chicago is 05:40 UTC; the shift runs from 20:00 to 06:00.
  const evening = { ...dispatcher, now: new Date("2027-03-04T02:30:00Z") };
  const base = await aBase(database.owner, agencyId);
  const startsAt = new Date("2027-03-04T02:00:00Z");
  const { shift } = await aVan(database, agencyId, {
    startsAt,
    endsAt: new Date("2027-03-04T12:00:00Z"),
    signedOnAt: null,
    baseId: base.id,
  });
  const late = { timing: "fixed" as const, pickup: { lat: 40.62, lon: -89.38, at: new Date("2027-03-04T05:55:00Z") } };
  const trip = await aCall(evening, late);
  const tomorrow = await aCall(evening, { ...late, pickup: { ...late.pickup, at: new Date("2027-03-04T06:45:00Z") } });
  const plan = await planned(evening, { from: evening.now, to: new Date("2027-03-04T06:00:00Z") });
  expect(plan.date).toBe("2027-03-03");
  expect(plan.trips).toMatchObject([{ tripId: trip.id, change: "added", to: { shiftId: shift.id } }]);
  expect(plan.trips[0]?.dropoffAt?.getTime()).toBeGreaterThan(Date.parse("2027-03-04T06:00:00Z"));
  const night = await planned(evening);
  expect(night.trips.map(({ tripId, change }) => [tripId, change])).toEqual([
    [trip.id, "added"],
    [tomorrow.id, "added"],
  ]);
});

test("a question is set against the plan without it: in total, by unit and by trip", async () => {
  const { dispatcher, shift } = await aFleet(1);
  await aCall(dispatcher, at(120));
  await aCall(dispatcher, { timing: "fixed", pickup: { lat: 40.85, lon: -89.38, at: minutesAfter(NOW, 120) } });
  const more = { extraUnitsLike: { shiftId: shift.id, count: 1 } };
  const plan = await planned(dispatcher, { seconds: 2, whatIf: more });
  expect(plan).toMatchObject({ kind: "what_if", before: { trips: 1 }, after: { trips: 2 } });
  const [own, added] = plan.units.toSorted((a, b) => a.extra - b.extra);
  expect(own).toMatchObject({ shiftId: shift.id, extra: 0, before: { trips: 1 } });
  expect(own?.before).toEqual(plan.before);
  const name = `${shift.callSign} +1`;
  expect(added).toMatchObject({ extra: 1, callSign: name, before: { trips: 0 }, after: { trips: 1 } });
  expect(added?.stops.map(({ kind }) => kind)).toEqual(["pickup", "dropoff"]);
  expect(plan.trips.filter(({ to }) => to?.callSign === name)).toHaveLength(1);
  expect(plan.trips.filter(({ from }) => from !== null)).toHaveLength(1);
  expect(plan.trips.filter(({ change }) => change === "added")).toHaveLength(1);
});

test("a question about another start of a unit that is on the road is refused with that reason", async () => {
  const { dispatcher, shift } = await aFleet(1);
  const whatIf = { moveStart: { shiftId: shift.id, minutes: -30 } };
  await expect(requestPlan(dispatcher, { whatIf })).rejects.toMatchObject({
    reasons: [{ path: "whatIf.moveStart.shiftId", code: "started" }],
  });
});

test("a question about another start of a unit that has started before it is planned fails with that reason", async () => {
  const { agencyId, dispatcher } = await aFleet(1);
  await aCall(dispatcher, at(120));
  const { shift, vehicle } = await aVan(database, agencyId, {
    startsAt: minutesAfter(NOW, 30),
    endsAt: minutesAfter(NOW, 600),
    signedOnAt: null,
  });
  await aPosition(database.owner, agencyId, vehicle.id);
  const { id } = await requestPlan(dispatcher, {
    seconds: 1,
    whatIf: { moveStart: { shiftId: shift.id, minutes: 60 } },
  });
  await database.owner.update(schema.shifts).set({ signedOnAt: NOW }).where(eq(schema.shifts.id, shift.id));
  expect(await run(agencyId, 1)).toBe(true);
  expect(await stateOf(id)).toMatchObject({ state: "failed", failure: "unit_started" });
  expect(await auditOf(database, id)).toContain("plan.fail");
});

test("what no unit can take is left out with the reason", async () => {
  const { dispatcher } = await aFleet(1);
  const trip = await aCall(dispatcher, at(60, { level: "als" }));
  const plan = await planned(dispatcher);
  expect(plan.unservedCount).toBe(1);
  expect(plan.trips).toMatchObject([{ tripId: trip.id, change: "unserved" }]);
  expect(plan.trips[0]?.why.join(" ")).toMatch(/level|als/i);
});

test("a plan whose worker died is taken up again, and what the lost worker still writes is refused", async () => {
  const { agencyId, dispatcher } = await aFleet();
  await aCall(dispatcher, at(60));
  const { id } = await requestPlan(dispatcher, { seconds: 1 });
  const lost = await claimPlan(worker(agencyId));
  expect(lost?.plan).toMatchObject({ id, state: "running", attempt: 1 });
  expect(await run(agencyId)).toBe(false);
  expect(await run(agencyId, 1)).toBe(true);
  expect(await stateOf(id)).toMatchObject({ state: "proposed", attempt: 2 });
  if (!lost) throw new Error("no plan was claimed");
  const progress = { progress: 0.5, bestCost: 1, unservedCount: 0 };
  expect(await noteProgress(worker(agencyId, 2), lost.plan, progress)).toBe(false);
});

test("a plan that kills its workers is given up after three", async () => {
  const { agencyId, dispatcher } = await aFleet();
  const { id } = await requestPlan(dispatcher, { seconds: 1 });
  for (const minute of [0, 1, 2]) await claimPlan(worker(agencyId, minute));
  await run(agencyId, 3);
  expect(await stateOf(id)).toMatchObject({ state: "failed", failure: "worker_lost" });
});

test("a plan that is being made says how far it is and what it has", async () => {
  const { agencyId, dispatcher } = await aFleet();
  await aCall(dispatcher, at(60));
  const { id } = await requestPlan(dispatcher, { seconds: 4, seed: 7 });
  const startedMs = Date.now();
  const clock = () => new Date(NOW.getTime() + Date.now() - startedMs);
  const running = runPlan(worker(agencyId), { clock });
  await expect
    .poll(() => stateOf(id), { timeout: 15_000, interval: 50 })
    .toMatchObject({ state: "running", bestCost: expect.any(Number), unservedCount: 0 });
  const seen = await stateOf(id);
  expect(seen?.progress).toBeGreaterThan(0);
  expect(seen?.progress).toBeLessThan(1);
  await running;
  expect(await stateOf(id)).toMatchObject({ state: "proposed", progress: 1 });
});

test("a plan is cancelled while it waits or is made, and its worker notices", async () => {
  const { agencyId, dispatcher } = await aFleet();
  const waiting = await requestPlan(dispatcher, { seconds: 1 });
  expect(await cancelPlan(dispatcher, { planId: waiting.id })).toMatchObject({ state: "cancelled" });
  expect(await run(agencyId)).toBe(false);
  const { id } = await requestPlan(dispatcher, { seconds: 600 });
  await aCall(dispatcher, at(60));
  const running = run(agencyId);
  await expect.poll(async () => (await stateOf(id))?.state).toBe("running");
  await cancelPlan(dispatcher, { planId: id });
  await running;
  expect(await stateOf(id)).toMatchObject({ state: "cancelled" });
  expect(await auditOf(database, id)).toContain("plan.cancel");
});

test("a day without trips or units is answered in words, and a wrong period refused", async () => {
  const { agencyId, dispatcher } = await aDispatch(database);
  const { id } = await requestPlan(dispatcher, { seconds: 1 });
  await run(agencyId);
  expect(await stateOf(id)).toMatchObject({ state: "failed", failure: "nothing_to_plan" });
  await expect(requestPlan(dispatcher, { date: "2027-03-01" })).rejects.toMatchObject({ code: "rule_broken" });
  await expect(requestPlan(dispatcher, { date: "2027-02-31" })).rejects.toMatchObject({ code: "invalid" });
  for (let i = 0; i < 5; i++) await requestPlan(dispatcher, {});
  await expect(requestPlan(dispatcher, {})).rejects.toMatchObject({ reasons: [{ code: "too_many_plans" }] });
});
