import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import * as schema from "@/db/schema";
import { useTestDatabase } from "@/db/testing/database";
import { aCall, aDispatch, auditOf, later, manifestNow, minutesAfter, NOW } from "@/db/testing/dispatch";
import { aBase, aPosition, aUser, systemCtx, testCtx } from "@/db/testing/factories";
import type { Ctx } from "@/server/context";
import { NewBreak } from "@/server/domain/shifts/breaks";
import { editShift } from "@/server/services/shifts/edit-shift";
import { getShift } from "@/server/services/shifts/get-shift";
import { assignTrip } from "@/server/services/trips/assign-trip";
import { setUnitState } from "@/server/services/units/set-unit-state";
import { applyPlan } from "./apply-plan";
import { getPlan } from "./get-plan";
import { requestPlan } from "./request-plan";
import { runPlan } from "./run-plan";

const database = useTestDatabase();

async function planned(ctx: Ctx) {
  const { id } = await requestPlan(ctx, { seconds: 1, seed: 7 });
  await runPlan({ ...systemCtx(database.db, ctx.actor.agencyId), now: ctx.now }, { clock: () => ctx.now });
  return getPlan(ctx, { planId: id });
}
const breakAt = (from: number, to: number, minutes = 30, at: "anywhere" | "base" = "anywhere") =>
  NewBreak.parse({ from: minutesAfter(NOW, from).toISOString(), to: minutesAfter(NOW, to).toISOString(), minutes, at });
const at = (minute: number) => ({
  timing: "fixed" as const,
  pickup: { lat: 40.62, lon: -89.38, at: minutesAfter(NOW, minute) },
});
async function aCrewWithBreak(...breaks: NewBreak[]) {
  const dispatch = await aDispatch(database);
  const { agencyId, dispatcher, shift } = dispatch;
  await aPosition(database.owner, agencyId, shift.vehicleId);
  const edited = await editShift(dispatcher, shift.id, { version: shift.version, breaks });
  return { ...dispatch, edited };
}

test("a break is planned in its window, put on the manifest with the plan, and taken by the crew", async () => {
  const { dispatcher, shift, edited } = await aCrewWithBreak(breakAt(60, 120));
  expect(edited.breaks).toMatchObject([{ minutes: 30, at: "anywhere", takenAt: null }]);
  expect(await auditOf(database, shift.id)).toContain("shift.edit");
  const trip = await aCall(dispatcher, at(30));
  const plan = await planned(dispatcher);
  const rest = plan.units[0]?.stops.find(({ kind }) => kind === "break");
  expect(rest?.at.getTime()).toBeGreaterThanOrEqual(minutesAfter(NOW, 60).getTime());
  expect(rest?.at.getTime()).toBeLessThanOrEqual(minutesAfter(NOW, 90).getTime());
  await applyPlan(dispatcher, { planId: plan.id, skipStale: false });
  expect(await manifestNow(database, shift.id)).toEqual([`pickup ${trip.id}`, `dropoff ${trip.id}`, "break null"]);
  const again = await planned(later(dispatcher, 1));
  expect(again.units[0]?.stops.filter(({ kind }) => kind === "break")).toHaveLength(1);
  const onBreak = later(dispatcher, 70);
  await setUnitState(onBreak, { shiftId: shift.id, state: "break" });
  expect((await getShift(onBreak, shift.id)).breaks).toMatchObject([{ takenAt: onBreak.now.toISOString() }]);
  await setUnitState(later(dispatcher, 100), { shiftId: shift.id, state: "available" });
  expect(await manifestNow(database, shift.id)).toEqual([`pickup ${trip.id}`, `dropoff ${trip.id}`]);
});

test("parts that are accepted one after the other put a break on the manifest once", async () => {
  const { dispatcher, shift } = await aCrewWithBreak(breakAt(60, 300));
  const [a, b] = [await aCall(dispatcher, at(30)), await aCall(dispatcher, at(200))];
  const plan = await planned(dispatcher);
  await applyPlan(dispatcher, { planId: plan.id, tripIds: [a.id], skipStale: false });
  await applyPlan(dispatcher, { planId: plan.id, tripIds: [b.id], skipStale: false });
  const kinds = (await manifestNow(database, shift.id)).filter((stop) => stop.startsWith("break"));
  expect(kinds).toHaveLength(1);
});

test("a plan that only adds a break is accepted by itself, all of it or by its unit", async () => {
  const { agencyId, dispatcher, shift, edited } = await aCrewWithBreak();
  const trip = await aCall(dispatcher, at(30));
  const first = await planned(dispatcher);
  await applyPlan(dispatcher, { planId: first.id, skipStale: false });
  await editShift(dispatcher, shift.id, { version: edited.version, breaks: [breakAt(90, 240)] });
  const plan = await planned(later(dispatcher, 1));
  expect(plan.trips.map(({ change }) => change)).toEqual(["kept"]);
  expect(plan.units).toMatchObject([{ shiftId: shift.id, newBreaks: 1 }]);
  const other = await aDispatch(database);
  const choice = { planId: plan.id, shiftIds: [shift.id], skipStale: false };
  await expect(applyPlan(other.dispatcher, choice)).rejects.toMatchObject({ code: "not_found" });
  const done = await applyPlan(later(dispatcher, 2), choice);
  expect(done).toMatchObject({ plan: { state: "applied" }, applied: [], units: [shift.id], refused: [] });
  expect(await manifestNow(database, shift.id)).toEqual([`pickup ${trip.id}`, `dropoff ${trip.id}`, "break null"]);
  expect((await getPlan(dispatcher, { planId: plan.id })).units).toMatchObject([{ newBreaks: 0 }]);
  expect(await auditOf(database, plan.id)).toContain("plan.apply");
  const events = await database.owner.select().from(schema.outbox).where(eq(schema.outbox.agencyId, agencyId));
  expect(events.map(({ payload }) => payload)).toContainEqual(
    expect.objectContaining({ planId: plan.id, status: "applied" }),
  );
});

test("a break is not accepted for a unit whose manifest was changed meanwhile", async () => {
  const { dispatcher, shift, edited } = await aCrewWithBreak();
  const trip = await aCall(dispatcher, at(30));
  await applyPlan(dispatcher, { planId: (await planned(dispatcher)).id, skipStale: false });
  await editShift(dispatcher, shift.id, { version: edited.version, breaks: [breakAt(90, 240)] });
  const plan = await planned(later(dispatcher, 1));
  await assignTrip(later(dispatcher, 2), { tripId: trip.id, shiftId: shift.id, mode: "dispatch" });
  await expect(applyPlan(later(dispatcher, 3), { planId: plan.id, skipStale: false })).rejects.toMatchObject({
    reasons: [{ code: "stale_manifest" }],
  });
});

test("a break that a plan finds no time for is told with the plan", async () => {
  const { dispatcher, shift } = await aCrewWithBreak(breakAt(1, 31));
  const told = await aCall(dispatcher);
  await assignTrip(dispatcher, { tripId: told.id, shiftId: shift.id, mode: "dispatch" });
  await aCall(dispatcher, at(120));
  const { findings } = await planned(dispatcher);
  expect(findings.missedBreaks).toMatchObject([{ shiftId: shift.id, minutes: 30 }]);
});

test("a break at the base is had there, and leaves the manifest when it is not planned any more", async () => {
  const { agencyId, dispatcher, shift, edited } = await aCrewWithBreak(breakAt(60, 200, 20, "base"));
  const base = await aBase(database.owner, agencyId, { location: { lng: -89.4, lat: 40.6 } });
  await database.owner.update(schema.shifts).set({ baseId: base.id }).where(eq(schema.shifts.id, shift.id));
  await aCall(dispatcher, at(30));
  const plan = await planned(dispatcher);
  await applyPlan(dispatcher, { planId: plan.id, skipStale: false });
  const stops = await database.owner.select().from(schema.stops).where(eq(schema.stops.shiftId, shift.id));
  expect(stops.find(({ kind }) => kind === "break")).toMatchObject({ location: base.location, dwellS: 1200 });
  await editShift(dispatcher, shift.id, { version: edited.version, breaks: [] });
  expect((await manifestNow(database, shift.id)).filter((stop) => stop.startsWith("break"))).toEqual([]);
});

test("a break outside the shift is refused, and a stranger changes none", async () => {
  const { dispatcher, shift, edited, crew } = await aCrewWithBreak();
  const edit = (ctx: Ctx, ...breaks: NewBreak[]) => editShift(ctx, shift.id, { version: edited.version, breaks });
  await expect(edit(dispatcher, breakAt(-600, -500))).rejects.toMatchObject({
    reasons: [{ path: "breaks.0", code: "outside_shift" }],
  });
  const other = await aDispatch(database);
  await expect(edit(other.dispatcher, breakAt(60, 120))).rejects.toMatchObject({ code: "not_found" });
  const foreign = testCtx(database.db, await aUser(database.owner, other.agencyId, ["crew"]));
  await expect(edit(foreign, breakAt(60, 120))).rejects.toMatchObject({ code: "not_found" });
  expect((await getShift(crew, shift.id)).breaks).toEqual([]);
});

test("a unit that nobody can place, and what stays free at a base, are told with the plan", async () => {
  const { agencyId, dispatcher, unit } = await aDispatch(database, 2);
  await aPosition(database.owner, agencyId, unit.vehicle.id);
  await aCall(dispatcher, at(60));
  const { findings } = await planned(dispatcher);
  expect(findings.unusable).toMatchObject([{ why: expect.stringContaining("nobody knows where it starts") }]);
});
