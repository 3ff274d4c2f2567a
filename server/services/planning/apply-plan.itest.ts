import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import * as schema from "@/db/schema";
import { useTestDatabase } from "@/db/testing/database";
import {
  aCall,
  aDispatch,
  announcedTo,
  auditOf,
  historyOf,
  manifestNow,
  minutesAfter,
  NOW,
} from "@/db/testing/dispatch";
import { aProposal } from "@/db/testing/planning";
import { assignTrip } from "@/server/services/trips/assign-trip";
import { cancelTrip } from "@/server/services/trips/cancel-trip";
import { getTrip } from "@/server/services/trips/get-trip";
import { applyPlan } from "./apply-plan";
import { getPlan } from "./get-plan";
import { rejectPlan } from "./reject-plan";

const database = useTestDatabase();
const shiftNow = async (id: string) => {
  const [row] = await database.owner.select().from(schema.shifts).where(eq(schema.shifts.id, id));
  if (!row) throw new Error("no shift");
  return row;
};
const atMinute = (minute: number) => ({
  timing: "fixed" as const,
  pickup: { lat: 40.62, lon: -89.38, at: minutesAfter(NOW, minute) },
});
const all = { skipStale: false };

/** Two vans, two trips without a unit, and a plan that gives one to each van. */
async function aPlannedMorning() {
  const dispatch = await aDispatch(database, 2);
  const [a, b] = dispatch.units.map(({ shift }) => shift);
  if (!a || !b) throw new Error("two vans");
  const { dispatcher, agencyId } = dispatch;
  const [first, second] = [await aCall(dispatcher, atMinute(60)), await aCall(dispatcher, atMinute(90))];
  const plan = await aProposal(database, agencyId, [
    { trip: first, to: a },
    { trip: second, to: b, atMin: 90 },
  ]);
  return { agencyId, dispatcher, a, b, first, second, plan };
}

test("accepting all reserves the units as a dispatcher would, with events, audit and a plan that is done", async () => {
  const { agencyId, dispatcher, a, first, second, plan } = await aPlannedMorning();
  const done = await applyPlan(dispatcher, { planId: plan.id, ...all });
  expect(done).toMatchObject({ refused: [], plan: { state: "applied" } });
  expect(done.applied.toSorted()).toEqual([first.id, second.id].toSorted());
  expect(await getTrip(dispatcher, { tripId: first.id })).toMatchObject({
    status: "reserved",
    assignment: { shiftId: a.id, mode: "reserve" },
  });
  expect(await historyOf(database, first.id)).toEqual(["booked requested", "assigned reserved"]);
  expect(await auditOf(database, first.id)).toContain("trip.reserve");
  expect(await auditOf(database, plan.id)).toContain("plan.apply");
  const announced = await announcedTo(database, agencyId);
  expect(announced).toEqual(expect.arrayContaining(["trip.changed reserved", "plan.changed applied"]));
  expect(announced.some((name) => name.startsWith("unit.changed"))).toBe(true);
});

test("some of it can be accepted, and the rest later or never", async () => {
  const { dispatcher, a, b, first, second, plan } = await aPlannedMorning();
  const some = await applyPlan(dispatcher, { planId: plan.id, shiftIds: [a.id], ...all });
  expect(some).toMatchObject({ applied: [first.id], plan: { state: "partly_applied" } });
  expect(await manifestNow(database, b.id)).toEqual([]);
  const detail = await getPlan(dispatcher, { planId: plan.id });
  expect(detail.units.map(({ stale }) => stale)).toEqual([[], []]);
  const rest = await applyPlan(dispatcher, { planId: plan.id, tripIds: [second.id], ...all });
  expect(rest.plan.state).toBe("applied");
  await expect(applyPlan(dispatcher, { planId: plan.id, ...all })).rejects.toMatchObject({
    reasons: [{ code: "plan_applied" }],
  });
});

test("a trip moves from one unit to another, in the order of the plan", async () => {
  const { dispatcher, units, agencyId } = await aDispatch(database, 2);
  const [from, to] = units.map(({ shift }) => shift.id);
  const [moved, stays] = [await aCall(dispatcher, atMinute(60)), await aCall(dispatcher, atMinute(61))];
  await assignTrip(dispatcher, { tripId: moved.id, shiftId: from, mode: "reserve" });
  await assignTrip(dispatcher, { tripId: stays.id, shiftId: to, mode: "reserve" });
  const [a, b] = [await shiftNow(from ?? ""), await shiftNow(to ?? "")];
  const [movedNow, staysNow] = [
    await getTrip(dispatcher, { tripId: moved.id }),
    await getTrip(dispatcher, { tripId: stays.id }),
  ];
  const plan = await aProposal(database, agencyId, [
    { trip: staysNow, from: b, to: b, atMin: 100 },
    { trip: movedNow, from: a, to: b, atMin: 60 },
  ]);
  await database.owner.update(schema.planTrips).set({ change: "retimed" }).where(eq(schema.planTrips.tripId, stays.id));
  await applyPlan(dispatcher, { planId: plan.id, ...all });
  expect(await manifestNow(database, a.id)).toEqual([]);
  // As the plan lists them: the one that stays first, though its time is later.
  expect(await manifestNow(database, b.id)).toEqual([
    `pickup ${stays.id}`,
    `dropoff ${stays.id}`,
    `pickup ${moved.id}`,
    `dropoff ${moved.id}`,
  ]);
  expect(await historyOf(database, moved.id)).toEqual([
    "booked requested",
    "assigned reserved",
    "unassigned unassigned",
    "assigned reserved",
  ]);
});

test("what was changed since the day was read is refused by name, and can be left out", async () => {
  const { dispatcher, a, b, first, second, plan } = await aPlannedMorning();
  const late = await aCall(dispatcher, atMinute(30));
  await assignTrip(dispatcher, { tripId: late.id, shiftId: a.id, mode: "reserve" });
  const refusal = applyPlan(dispatcher, { planId: plan.id, ...all });
  await expect(refusal).rejects.toMatchObject({
    code: "conflict",
    reasons: [{ path: `shiftIds.${a.id}`, code: "stale_manifest", message: expect.stringContaining(late.number) }],
  });
  expect(await manifestNow(database, b.id)).toEqual([]);
  const detail = await getPlan(dispatcher, { planId: plan.id });
  expect(detail.units.find(({ shiftId }) => shiftId === a.id)?.stale).toHaveLength(2);
  const done = await applyPlan(dispatcher, { planId: plan.id, skipStale: true });
  expect(done).toMatchObject({
    applied: [second.id],
    refused: [{ shiftIds: [a.id] }],
    plan: { state: "partly_applied" },
  });
  expect(await getTrip(dispatcher, { tripId: first.id })).toMatchObject({ status: "requested" });
});

test("a trip that was cancelled since is named", async () => {
  const { dispatcher, first, plan } = await aPlannedMorning();
  await cancelTrip(dispatcher, { tripId: first.id, reason: "hospital called" });
  await expect(applyPlan(dispatcher, { planId: plan.id, ...all })).rejects.toMatchObject({
    reasons: [{ path: `tripIds.${first.id}`, code: "stale_trip" }],
  });
});

test("of two plans made from the same state of a day only one is carried out", async () => {
  const { agencyId, dispatcher, a, first, second, plan } = await aPlannedMorning();
  const other = await aProposal(database, agencyId, [{ trip: second, to: a }]);
  const settled = await Promise.allSettled([
    applyPlan(dispatcher, { planId: plan.id, tripIds: [first.id], ...all }),
    applyPlan(dispatcher, { planId: other.id, ...all }),
  ]);
  expect(settled.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  const states = await database.owner
    .select({ state: schema.plans.state })
    .from(schema.plans)
    .where(eq(schema.plans.agencyId, agencyId));
  expect(states.map(({ state }) => state).filter((state) => state !== "proposed")).toContain("superseded");
  const losing = settled[0]?.status === "fulfilled" ? other : plan;
  await expect(applyPlan(dispatcher, { planId: losing.id, ...all })).rejects.toMatchObject({
    reasons: [{ code: "plan_superseded" }],
  });
});

test("a question is never carried out, a declined plan neither, and a stale version of it is answered", async () => {
  const { agencyId, dispatcher, a, first, plan } = await aPlannedMorning();
  const question = await aProposal(database, agencyId, [{ trip: first, to: a }], { kind: "what_if" });
  await expect(applyPlan(dispatcher, { planId: question.id, ...all })).rejects.toMatchObject({
    reasons: [{ code: "what_if" }],
  });
  await expect(rejectPlan(dispatcher, { planId: plan.id, version: 9 })).rejects.toMatchObject({
    reasons: [{ code: "stale", current: { id: plan.id } }],
  });
  expect(await rejectPlan(dispatcher, { planId: plan.id })).toMatchObject({ state: "rejected" });
  await expect(applyPlan(dispatcher, { planId: plan.id, ...all })).rejects.toMatchObject({
    reasons: [{ code: "plan_rejected" }],
  });
});

test("another agency's plan is not found", async () => {
  const { plan } = await aPlannedMorning();
  const stranger = await aDispatch(database);
  const notFound = { code: "not_found" };
  await expect(getPlan(stranger.dispatcher, { planId: plan.id })).rejects.toMatchObject(notFound);
  await expect(applyPlan(stranger.dispatcher, { planId: plan.id, ...all })).rejects.toMatchObject(notFound);
  await expect(rejectPlan(stranger.dispatcher, { planId: plan.id })).rejects.toMatchObject(notFound);
});
