import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import * as schema from "@/db/schema";
import { useTestDatabase } from "@/db/testing/database";
import { aCall, aDispatch, minutesAfter, NOW } from "@/db/testing/dispatch";
import { aFacility, aPosition, systemCtx } from "@/db/testing/factories";
import type { Ctx } from "@/server/context";
import { PlanningSettings } from "@/server/domain/plans/settings";
import { createRider } from "@/server/services/riders/create-rider";
import { editRider } from "@/server/services/riders/edit-rider";
import { assignTrip } from "@/server/services/trips/assign-trip";
import { editPlanningSettings } from "./edit-planning-settings";
import { getPlan } from "./get-plan";
import { quoteWorkIn } from "./quote-work-in";
import { requestPlan } from "./request-plan";
import { runPlan } from "./run-plan";

const database = useTestDatabase();

async function planned(ctx: Ctx) {
  const { id } = await requestPlan(ctx, { seconds: 1, seed: 7 });
  await runPlan({ ...systemCtx(database.db, ctx.actor.agencyId), now: ctx.now }, { clock: () => ctx.now });
  return getPlan(ctx, { planId: id });
}
async function aFleet(vans = 2) {
  const dispatch = await aDispatch(database, vans);
  for (const { vehicle } of dispatch.units) await aPosition(database.owner, dispatch.agencyId, vehicle.id);
  return dispatch;
}
const at = (minute: number, more: object = {}) => ({
  timing: "fixed" as const,
  level: "ambulatory" as const,
  pickup: { lat: 40.62, lon: -89.38, at: minutesAfter(NOW, minute) },
  ...more,
});
const rider = (ctx: Ctx, name: string, rules: Partial<Parameters<typeof createRider>[1]> = {}) =>
  createRider(ctx, { name, ...rules });
/** Units that trips are planned for, by trip. */
const unitsIn = ({ trips }: Awaited<ReturnType<typeof planned>>) =>
  new Map(trips.map(({ tripId, to }) => [tripId, to?.shiftId ?? null]));

test("a crew that the rider refuses is not planned, the one that is preferred is; so it is where a place refuses", async () => {
  const { dispatcher, units, agencyId } = await aFleet();
  const [first, second] = units;
  const wary = await rider(dispatcher, "Wary One", { refusedCrew: [first?.driver.id ?? ""] });
  const fond = await rider(dispatcher, "Fond One", { preferredCrew: [first?.driver.id ?? ""] });
  const home = await aFacility(database.owner, agencyId, { refusedCrew: [second?.driver.id ?? ""] });
  const [a, b] = [
    await aCall(dispatcher, at(60, { riderId: wary.id })),
    await aCall(dispatcher, at(180, { riderId: fond.id })),
  ];
  const c = await aCall(dispatcher, at(300, { dropoff: { facilityId: home.id } }));
  const found = unitsIn(await planned(dispatcher));
  expect([a, b, c].map(({ id }) => found.get(id))).toEqual([second?.shift.id, first?.shift.id, first?.shift.id]);
});

test("who is refused by every crew is left out with that reason, and the quote says it too", async () => {
  const { dispatcher, unit } = await aFleet(1);
  const wary = await rider(dispatcher, "Wary One", { refusedCrew: [unit.driver.id] });
  const trip = await aCall(dispatcher, at(60, { riderId: wary.id }));
  const plan = await planned(dispatcher);
  expect(plan.trips).toMatchObject([{ tripId: trip.id, change: "unserved" }]);
  expect(plan.trips[0]?.why.join(" ")).toMatch(/crew/i);
  const asked = { ...at(60), pickup: { lat: 40.62, lon: -89.38, at: minutesAfter(NOW, 60) } };
  const quote = await quoteWorkIn(dispatcher, { ...asked, riderId: wary.id });
  expect(quote).toMatchObject({ possible: false, rejected: [{ shiftId: unit.shift.id }] });
  expect((await quoteWorkIn(dispatcher, asked)).possible).toBe(true);
});

test("a refused crew that a dispatcher chose with a reason stays where it was put", async () => {
  const { dispatcher, units } = await aFleet();
  const [first] = units;
  const wary = await rider(dispatcher, "Wary One", { refusedCrew: [first?.driver.id ?? ""] });
  const trip = await aCall(dispatcher, at(60, { riderId: wary.id }));
  const match = { tripId: trip.id, shiftId: first?.shift.id, mode: "reserve" as const };
  await expect(assignTrip(dispatcher, match)).rejects.toMatchObject({ reasons: [{ code: "crew_refused" }] });
  await assignTrip(dispatcher, { ...match, override: { reason: "the family asked for it" } });
  expect((await planned(dispatcher)).trips).toMatchObject([
    { tripId: trip.id, change: "kept", to: { shiftId: first?.shift.id } },
  ]);
});

/** Who is aboard at once in a plan, as trips joined by commas, each set once. */
function aboardIn({ units }: Awaited<ReturnType<typeof planned>>): string[] {
  const seen = new Set<string>();
  for (const { stops } of units) {
    const aboard = new Set<string>();
    for (const { kind, tripId } of stops) {
      if (kind === "pickup" && tripId) aboard.add(tripId);
      if (kind === "dropoff" && tripId) aboard.delete(tripId);
      seen.add([...aboard].toSorted().join());
    }
  }
  return [...seen];
}

test("riders ride together, apart, alone or as the agency has it", async () => {
  const { dispatcher } = await aFleet(1);
  const ann = await rider(dispatcher, "Ann One");
  const bob = await rider(dispatcher, "Bob Two");
  const a = await aCall(dispatcher, at(60, { riderId: ann.id }));
  const b = await aCall(dispatcher, at(62, { riderId: bob.id }));
  const both = [a.id, b.id].toSorted().join();
  expect(aboardIn(await planned(dispatcher))).toContain(both);
  const apart = await editRider(dispatcher, { id: ann.id, version: 1, pairs: [{ riderId: bob.id, rule: "apart" }] });
  expect(apart.pairs).toEqual([{ riderId: bob.id, name: "Bob Two", rule: "apart" }]);
  expect(aboardIn(await planned(dispatcher))).not.toContain(both);
  await editRider(dispatcher, { id: ann.id, version: 2, pairs: [], mostAboard: 1 });
  expect(aboardIn(await planned(dispatcher))).not.toContain(both);
  await editRider(dispatcher, { id: ann.id, version: 3, mostAboard: null });
  expect(aboardIn(await planned(dispatcher))).toContain(both);
  const admin = { ...dispatcher, actor: { ...dispatcher.actor } };
  await editPlanningSettings(admin, { settings: PlanningSettings.parse({ mostAboard: 1 }), version: 0 });
  expect(aboardIn(await planned(dispatcher))).not.toContain(both);
  await editPlanningSettings(admin, { settings: PlanningSettings.parse({ aloneLevels: ["ambulatory"] }), version: 1 });
  expect(aboardIn(await planned(dispatcher))).not.toContain(both);
});

test("two who go together are on one unit", async () => {
  const { dispatcher } = await aFleet(2);
  const ann = await rider(dispatcher, "Ann One", { mostAboard: 1 });
  const bob = await rider(dispatcher, "Bob Two", { pairs: [{ riderId: ann.id, rule: "together" }] });
  const a = await aCall(dispatcher, at(60, { riderId: ann.id }));
  const b = await aCall(dispatcher, at(95, { riderId: bob.id }));
  const found = unitsIn(await planned(dispatcher));
  expect(found.get(a.id)).not.toBeNull();
  expect(found.get(a.id)).toBe(found.get(b.id));
});

test("a rule takes effect in the trips that are booked already, and is written down", async () => {
  const { dispatcher, unit } = await aFleet(1);
  const ann = await rider(dispatcher, "Ann One");
  await aCall(dispatcher, at(60, { riderId: ann.id }));
  await editRider(dispatcher, { id: ann.id, version: 1, refusedCrew: [unit.driver.id] });
  expect((await planned(dispatcher)).trips).toMatchObject([{ change: "unserved" }]);
  const rows = await database.owner.select().from(schema.auditLog).where(eq(schema.auditLog.entityId, ann.id));
  expect(rows.map(({ action, fields }) => [action, fields])).toContainEqual(["rider.edit", ["refusedCrew"]]);
});
