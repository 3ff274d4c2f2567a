import { expect, test } from "vitest";
import * as schema from "@/db/schema";
import { useTestDatabase } from "@/db/testing/database";
import { anAgency, aShift, aTrip, aUser, aVehicle, minutesAfter, NOW, testCtx } from "@/db/testing/factories";
import { newId } from "@/server/ids";
import { createShift } from "./create-shift";
import { deactivateShift } from "./deactivate-shift";
import { editShift } from "./edit-shift";
import { getShift } from "./get-shift";
import { listDay } from "./list-day";
import { ListShiftsInput, listShifts } from "./list-shifts";
import { signOffShift } from "./sign-off-shift";
import { signOnShift } from "./sign-on-shift";
import { swapVehicle } from "./swap-vehicle";

const database = useTestDatabase();
const page = (query: Record<string, string> = {}) => ListShiftsInput.parse(query);

async function anOffice() {
  const agency = await anAgency(database.owner);
  const dispatcher = await aUser(database.owner, agency.id, ["dispatcher"]);
  const crew = await aUser(database.owner, agency.id, ["crew"]);
  const vehicle = await aVehicle(database.owner, agency.id, { callSign: "Medic 12" });
  return { agency, crew, vehicle, ctx: testCtx(database.db, dispatcher), crewCtx: testCtx(database.db, crew) };
}
const audited = async (agencyId: string, entityId: string) =>
  (
    await database.sql<{ action: string }[]>`
    select action from audit_log where agency_id = ${agencyId} and entity_id = ${entityId} order by id`
  ).map(({ action }) => action);
const statuses = async (agencyId: string) =>
  (
    await database.sql<{ payload: { status?: string } }[]>`
    select payload from outbox where agency_id = ${agencyId} and name = 'unit.changed' order by id`
  ).map(({ payload }) => payload.status);
const unitEvents = async (agencyId: string, shiftId: string) =>
  (
    await database.sql<{ kind: string; source: string }[]>`
    select kind, source from unit_events where agency_id = ${agencyId} and shift_id = ${shiftId} order by id`
  ).map(({ kind, source }) => [kind, source]);

async function anAssignment(shift: { agencyId: string; id: string; vehicleId: string }, status: "reserved" | "loaded") {
  const { agencyId, id: shiftId, vehicleId } = shift;
  const trip = await aTrip(database.owner, agencyId, { status, level: "bls" });
  const row = { agencyId, id: newId(), tripId: trip.id, shiftId, vehicleId, status, assignedAt: NOW };
  await database.owner
    .insert(schema.assignments)
    .values({ ...row, mode: status === "reserved" ? "reserve" : "dispatch" });
  return { trip, assignmentId: row.id };
}
const period = (fromMinutes: number, toMinutes: number) => ({
  startsAt: minutesAfter(NOW, fromMinutes),
  endsAt: minutesAfter(NOW, toMinutes),
});

test("a shift takes over the vehicle's call sign, and is audited and announced", async () => {
  const { agency, crew, vehicle, ctx } = await anOffice();
  const made = await createShift(ctx, { vehicleId: vehicle.id, crew: [crew.id, crew.id], ...period(0, 600) });
  expect(made).toMatchObject({
    callSign: "Medic 12",
    vehicleId: vehicle.id,
    crew: [crew.id],
    startsAt: NOW.toISOString(),
    signedOnAt: null,
    manifestVersion: 1,
    version: 1,
  });
  expect(await audited(agency.id, made.id)).toEqual(["shift.create"]);
  expect(await statuses(agency.id)).toHaveLength(1);
});

test("a vehicle or a person on two shifts at once is a conflict that names which; shifts that touch are fine", async () => {
  const { agency, crew, vehicle, ctx } = await anOffice();
  const other = await aVehicle(database.owner, agency.id);
  await createShift(ctx, { vehicleId: vehicle.id, crew: [crew.id], ...period(0, 600) });
  const sameTruck = createShift(ctx, { vehicleId: vehicle.id, ...period(599, 700) });
  await expect(sameTruck).rejects.toMatchObject({
    code: "conflict",
    reasons: [{ path: "vehicleId", code: "overlap" }],
  });
  const samePerson = createShift(ctx, { vehicleId: other.id, crew: [crew.id], ...period(-60, 1) });
  await expect(samePerson).rejects.toMatchObject({ code: "conflict", reasons: [{ path: "crew", code: "overlap" }] });
  await expect(
    createShift(ctx, { vehicleId: vehicle.id, crew: [crew.id], ...period(600, 700) }),
  ).resolves.toBeDefined();
});

test("two dispatchers plan one truck at once: one shift is made", async () => {
  const { vehicle, ctx } = await anOffice();
  const plan = { vehicleId: vehicle.id, ...period(0, 60) };
  const results = await Promise.allSettled([createShift(ctx, plan), createShift(ctx, plan), createShift(ctx, plan)]);
  const lost = results.filter((result) => result.status === "rejected");
  expect(lost).toHaveLength(2);
  for (const { reason } of lost) expect(reason).toMatchObject({ code: "conflict" });
});

test("a period, a vehicle and people that can't be are 422 with their path", async () => {
  const { vehicle, ctx } = await anOffice();
  const foreign = await aUser(database.owner, (await anAgency(database.owner)).id, ["crew"]);
  const backwards = createShift(ctx, { vehicleId: vehicle.id, ...period(60, 0) });
  await expect(backwards).rejects.toMatchObject({ code: "rule_broken", reasons: [{ path: "endsAt" }] });
  const nobody = createShift(ctx, { vehicleId: vehicle.id, crew: [foreign.id], ...period(0, 60) });
  await expect(nobody).rejects.toMatchObject({ code: "rule_broken", reasons: [{ path: "crew.0", code: "unknown" }] });
  const nothing = createShift(ctx, { vehicleId: newId(), ...period(0, 60) });
  await expect(nothing).rejects.toMatchObject({ code: "rule_broken", reasons: [{ path: "vehicleId" }] });
});

test("the plan can change: times move the crew with them, and a stale edit is told what is", async () => {
  const { agency, crew, vehicle, ctx } = await anOffice();
  const second = await aUser(database.owner, agency.id, ["crew"]);
  const made = await createShift(ctx, { vehicleId: vehicle.id, crew: [crew.id], ...period(60, 600) });
  const moved = await editShift(ctx, made.id, { version: 1, crew: [second.id], endsAt: minutesAfter(NOW, 700) });
  expect(moved).toMatchObject({ crew: [second.id], endsAt: minutesAfter(NOW, 700).toISOString(), version: 2 });
  const stale = editShift(ctx, made.id, { version: 1, callSign: "X" });
  await expect(stale).rejects.toMatchObject({
    code: "conflict",
    reasons: [{ code: "stale", current: { version: 2 } }],
  });
  const later = await createShift(ctx, {
    vehicleId: (await aVehicle(database.owner, agency.id)).id,
    crew: [crew.id],
    ...period(60, 120),
  });
  expect(later.crew).toEqual([crew.id]);
  const clash = editShift(ctx, made.id, { version: 2, crew: [second.id, crew.id] });
  await expect(clash).rejects.toMatchObject({ code: "conflict", reasons: [{ path: "crew" }] });
});

test("a crew signs on its own shift from an hour before; the office sees where it came from", async () => {
  const { agency, crew, vehicle, ctx, crewCtx } = await anOffice();
  const made = await createShift(ctx, { vehicleId: vehicle.id, crew: [crew.id], ...period(90, 600) });
  await expect(signOnShift(crewCtx, made.id, {})).rejects.toMatchObject({
    code: "rule_broken",
    reasons: [{ code: "too_early" }],
  });
  const at = { ...crewCtx, now: minutesAfter(NOW, 40) };
  const on = await signOnShift(at, made.id, { odometer: 100, version: 1 });
  expect(on).toMatchObject({ signedOnAt: at.now.toISOString(), state: "available", version: 2 });
  await expect(signOnShift(at, made.id, {})).rejects.toMatchObject({ reasons: [{ code: "already_signed_on" }] });
  const stale = signOffShift(at, made.id, { version: 1 });
  await expect(stale).rejects.toMatchObject({ code: "conflict", reasons: [{ code: "stale" }] });
  const off = await signOffShift({ ...crewCtx, now: minutesAfter(NOW, 300) }, made.id, { odometer: 150 });
  expect(off).toMatchObject({ signedOffAt: minutesAfter(NOW, 300).toISOString() });
  expect(await unitEvents(agency.id, made.id)).toEqual([
    ["signed_on", "crew"],
    ["signed_off", "crew"],
  ]);
  expect(await audited(agency.id, made.id)).toEqual(["shift.create", "shift.sign_on", "shift.sign_off"]);
  expect((await statuses(agency.id)).slice(1)).toEqual(["ONLINE", "OFFLINE"]);
  const [row] = await database.sql`select odometer_on_m, odometer_off_m from shifts where id = ${made.id}`;
  expect(row).toMatchObject({ odometer_on_m: 160_934, odometer_off_m: 241_402 });
});

test("a shift signed off early frees its truck and its people for another one", async () => {
  const { crew, vehicle, ctx } = await anOffice();
  const made = await createShift(ctx, { vehicleId: vehicle.id, crew: [crew.id], ...period(0, 600) });
  await signOnShift(ctx, made.id, {});
  const at = { ...ctx, now: minutesAfter(NOW, 60) };
  await signOffShift(at, made.id, {});
  await expect(createShift(at, { vehicleId: vehicle.id, crew: [crew.id], ...period(61, 600) })).resolves.toBeDefined();
});

test("a shift signed on early and off before its start leaves no trace of a period", async () => {
  const { crew, vehicle, ctx } = await anOffice();
  const made = await createShift(ctx, { vehicleId: vehicle.id, crew: [crew.id], ...period(30, 600) });
  await signOnShift(ctx, made.id, {});
  await expect(signOffShift({ ...ctx, now: minutesAfter(NOW, 5) }, made.id, {})).resolves.toBeDefined();
});

test("a truck still out with another unit, and a person still on one, hold the next shift back", async () => {
  const { agency, crew, vehicle, ctx } = await anOffice();
  const over = await createShift(ctx, { vehicleId: vehicle.id, crew: [crew.id], ...period(0, 60) });
  await signOnShift(ctx, over.id, {});
  const late = { ...ctx, now: minutesAfter(NOW, 61) };
  const sameTruck = await createShift(ctx, { vehicleId: vehicle.id, ...period(60, 120) });
  const refused = signOnShift(late, sameTruck.id, {});
  await expect(refused).rejects.toMatchObject({ code: "conflict", reasons: [{ path: "vehicleId", code: "in_use" }] });
  const other = await aVehicle(database.owner, agency.id);
  const samePerson = await createShift(ctx, { vehicleId: other.id, crew: [crew.id], ...period(60, 120) });
  const held = signOnShift(late, samePerson.id, {});
  await expect(held).rejects.toMatchObject({ code: "conflict", reasons: [{ path: "crew.0", code: "in_use" }] });
});

test("signing off waits for the unit's trips, by number", async () => {
  const { agency, ctx } = await anOffice();
  const shift = await aShift(database.owner, agency.id);
  const { trip } = await anAssignment(shift, "loaded");
  const reason = { code: "trip_open", message: expect.stringContaining(trip.number) };
  await expect(signOffShift(ctx, shift.id, {})).rejects.toMatchObject({ code: "rule_broken", reasons: [reason] });
});

test("another truck keeps the call sign and takes the trips along", async () => {
  const { agency, vehicle, ctx } = await anOffice();
  const shift = await aShift(database.owner, agency.id, { callSign: "Medic 7" });
  const { assignmentId } = await anAssignment(shift, "reserved");
  const swapped = await swapVehicle(ctx, shift.id, { vehicleId: vehicle.id, version: 1 });
  expect(swapped).toMatchObject({ callSign: "Medic 7", vehicleId: vehicle.id, version: 2 });
  const [row] = await database.sql`select vehicle_id from assignments where id = ${assignmentId}`;
  expect(row).toMatchObject({ vehicle_id: vehicle.id });
  expect(await audited(agency.id, shift.id)).toEqual(["shift.swap_vehicle"]);
  expect(await unitEvents(agency.id, shift.id)).toEqual([["vehicle_swapped", "console"]]);
});

test("no swap to a truck in use, out of service, or with the rider aboard", async () => {
  const { agency, vehicle, ctx } = await anOffice();
  const [shift, busy] = [await aShift(database.owner, agency.id), await aShift(database.owner, agency.id)];
  const taken = swapVehicle(ctx, shift.id, { vehicleId: busy.vehicleId });
  await expect(taken).rejects.toMatchObject({ code: "conflict", reasons: [{ path: "vehicleId" }] });
  const broken = await aVehicle(database.owner, agency.id, { inService: false });
  const refused = swapVehicle(ctx, shift.id, { vehicleId: broken.id });
  await expect(refused).rejects.toMatchObject({ code: "rule_broken", reasons: [{ code: "out_of_service" }] });
  await anAssignment(shift, "loaded");
  const aboard = swapVehicle(ctx, shift.id, { vehicleId: vehicle.id });
  await expect(aboard).rejects.toMatchObject({ code: "rule_broken", reasons: [{ code: "rider_aboard" }] });
});

test("who leaves a running shift is free at once; who joins is on it from now", async () => {
  const { agency, crew, vehicle, ctx } = await anOffice();
  const relief = await aUser(database.owner, agency.id, ["crew"]);
  const made = await createShift(ctx, { vehicleId: vehicle.id, crew: [crew.id], ...period(0, 600) });
  await signOnShift(ctx, made.id, {});
  const at = { ...ctx, now: minutesAfter(NOW, 60) };
  const earlier = await aVehicle(database.owner, agency.id);
  await createShift(at, { vehicleId: earlier.id, crew: [relief.id], ...period(0, 60) });
  const changed = await editShift(at, made.id, { version: 2, crew: [relief.id] });
  expect(changed.crew).toEqual([relief.id]);
  await expect(createShift(at, { vehicleId: earlier.id, crew: [crew.id], ...period(61, 600) })).resolves.toBeDefined();
});

test("a shift leaves the plan once; not while it runs or trips are held for it", async () => {
  const { agency, crew, vehicle, ctx } = await anOffice();
  const made = await createShift(ctx, { vehicleId: vehicle.id, crew: [crew.id], ...period(60, 600) });
  await deactivateShift(ctx, made.id);
  await deactivateShift(ctx, made.id);
  expect(await audited(agency.id, made.id)).toEqual(["shift.create", "shift.deactivate"]);
  await expect(getShift(ctx, made.id)).rejects.toMatchObject({ code: "not_found" });
  await expect(createShift(ctx, { vehicleId: vehicle.id, crew: [crew.id], ...period(60, 600) })).resolves.toBeDefined();
  const running = await aShift(database.owner, agency.id);
  await expect(deactivateShift(ctx, running.id)).rejects.toMatchObject({ reasons: [{ code: "already_signed_on" }] });
  const planned = await aShift(database.owner, agency.id, { signedOnAt: null });
  await anAssignment(planned, "reserved");
  await expect(deactivateShift(ctx, planned.id)).rejects.toMatchObject({ reasons: [{ code: "trip_reserved" }] });
});

test("a crew sees its own shifts and no others; another agency sees none", async () => {
  const { agency, crew, vehicle, ctx, crewCtx } = await anOffice();
  const own = await createShift(ctx, { vehicleId: vehicle.id, crew: [crew.id], ...period(0, 60) });
  const other = await aShift(database.owner, agency.id);
  expect((await listShifts(crewCtx, page())).items.map(({ id }) => id)).toEqual([own.id]);
  expect((await listShifts(ctx, page())).items).toHaveLength(2);
  await expect(getShift(crewCtx, other.id)).rejects.toMatchObject({ code: "not_found" });
  await expect(signOffShift(crewCtx, other.id, {})).rejects.toMatchObject({ code: "not_found" });
  // Billing sees every shift; who drives as well still acts on its own only.
  const alsoBilling = testCtx(database.db, await aUser(database.owner, agency.id, ["crew", "billing"]));
  expect(await getShift(alsoBilling, other.id)).toMatchObject({ id: other.id });
  await expect(signOffShift(alsoBilling, other.id, {})).rejects.toMatchObject({ code: "forbidden" });
  await expect(signOnShift(alsoBilling, own.id, {})).rejects.toMatchObject({ code: "forbidden" });
  const { ctx: stranger } = await anOffice();
  const tries = [
    getShift(stranger, own.id),
    editShift(stranger, own.id, { version: 1, callSign: "X" }),
    deactivateShift(stranger, own.id),
    signOnShift(stranger, own.id, {}),
    signOffShift(stranger, own.id, {}),
    swapVehicle(stranger, own.id, { vehicleId: vehicle.id }),
  ];
  for (const result of await Promise.allSettled(tries)) {
    expect(result).toMatchObject({ status: "rejected", reason: { code: "not_found" } });
  }
});

test("the list filters by period and vehicle, half-open, and pages by start", async () => {
  const { agency, vehicle, ctx } = await anOffice();
  const late = await createShift(ctx, { vehicleId: vehicle.id, ...period(600, 700) });
  const early = await createShift(ctx, { vehicleId: vehicle.id, ...period(0, 600) });
  await aShift(database.owner, agency.id);
  const mine = await listShifts(ctx, page({ vehicleId: vehicle.id, limit: "1" }));
  expect(mine.items.map(({ id }) => id)).toEqual([early.id]);
  const next = await listShifts(ctx, page({ vehicleId: vehicle.id, limit: "1", cursor: mine.nextCursor ?? "" }));
  expect(next.items.map(({ id }) => id)).toEqual([late.id]);
  const touching = page({ vehicleId: vehicle.id, from: minutesAfter(NOW, 600).toISOString() });
  expect((await listShifts(ctx, touching)).items.map(({ id }) => id)).toEqual([late.id]);
});

test("the list's days are the agency's, also when the clocks change", async () => {
  const { vehicle, ctx } = await anOffice();
  const at = (startsAt: string, endsAt: string) =>
    createShift(ctx, { vehicleId: vehicle.id, startsAt: new Date(startsAt), endsAt: new Date(endsAt) });
  const before = await at("2027-03-14T04:30:00Z", "2027-03-14T05:59:00Z");
  const on = await at("2027-03-14T06:00:00Z", "2027-03-15T04:59:00Z");
  const after = await at("2027-03-15T05:00:00Z", "2027-03-15T06:00:00Z");
  const days = async (from: string, to: string) =>
    (await listShifts(ctx, page({ vehicleId: vehicle.id, from, to }))).items.map(({ id }) => id);
  expect(await days("2027-03-13", "2027-03-14")).toEqual([before.id]);
  expect(await days("2027-03-14", "2027-03-15")).toEqual([on.id]);
  expect(await days("2027-03-15", "2027-03-16")).toEqual([after.id]);
  await expect(days("2027-02-30", "2027-03-16")).rejects.toMatchObject({
    code: "invalid",
    reasons: [{ path: "from" }],
  });
});

test("the planner's day is the agency's: 23 and 25 hours when the clocks change, night shifts on both days", async () => {
  const { vehicle, ctx } = await anOffice();
  const hours = ({ from, to }: { from: string; to: string }) => (Date.parse(to) - Date.parse(from)) / 3_600_000;
  expect(hours(await listDay(ctx, { day: "2027-03-14" }))).toBe(23);
  expect(hours(await listDay(ctx, { day: "2027-11-07" }))).toBe(25);
  const night = { startsAt: new Date("2027-03-14T01:00:00Z"), endsAt: new Date("2027-03-14T12:00:00Z") };
  const made = await createShift(ctx, { vehicleId: vehicle.id, ...night });
  for (const day of ["2027-03-13", "2027-03-14"]) {
    expect((await listDay(ctx, { day })).shifts.map(({ id }) => id)).toEqual([made.id]);
  }
  expect((await listDay(ctx, { day: "2027-03-15" })).shifts).toEqual([]);
});

test("the planner names whom a unit that runs over still holds", async () => {
  const { crew, vehicle, ctx } = await anOffice();
  const over = await createShift(ctx, { vehicleId: vehicle.id, crew: [crew.id], ...period(0, 60) });
  await signOnShift(ctx, over.id, {});
  const next = await createShift(ctx, { vehicleId: vehicle.id, ...period(60, 120) });
  const { overlaps, people } = await listDay({ ...ctx, now: minutesAfter(NOW, 70) }, { day: "2027-03-03" });
  expect(overlaps).toEqual([{ shiftId: over.id, otherShiftId: next.id, kind: "vehicle", subjectId: vehicle.id }]);
  expect(people).toEqual([{ id: crew.id, name: crew.name }]);
});

test("of two units that sign on with one person at once, one is refused by name", async () => {
  for (let round = 0; round < 6; round++) {
    const { agency, crew, ctx } = await anOffice();
    const [early, late] = [
      await aShift(database.owner, agency.id, { signedOnAt: null, ...period(-300, 10), callSign: "Early" }, [crew.id]),
      await aShift(database.owner, agency.id, { signedOnAt: null, ...period(10, 300), callSign: "Late" }, [crew.id]),
    ];
    const settled = await Promise.allSettled([early, late].map(({ id }) => signOnShift(ctx, id, {})));
    const refused = settled.filter((one) => one.status === "rejected");
    expect(refused).toHaveLength(1);
    expect(refused[0]?.reason).toMatchObject({ code: "conflict", reasons: [{ path: "crew.0", code: "in_use" }] });
  }
});

test("somebody who is on a unit can't join another running one", async () => {
  const { agency, crew, ctx } = await anOffice();
  await aShift(database.owner, agency.id, period(-600, -10), [crew.id]);
  const other = await aShift(database.owner, agency.id, period(-60, 300), []);
  await expect(editShift(ctx, other.id, { version: other.version, crew: [crew.id] })).rejects.toMatchObject({
    code: "conflict",
    reasons: [{ code: "in_use" }],
  });
});
