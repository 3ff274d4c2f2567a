import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import * as schema from "@/db/schema";
import { useTestDatabase } from "@/db/testing/database";
import { aCall, aDispatch, aVan, later, minutesAfter, NOW } from "@/db/testing/dispatch";
import { aFacility, aPosition, aTrip, aUser, keyCtx, systemCtx, testCtx } from "@/db/testing/factories";
import type { Role } from "@/server/context";
import { TripListInput } from "@/server/domain/trips/inputs";
import { assignTrip } from "./assign-trip";
import { cancelTrip } from "./cancel-trip";
import { getBoard } from "./get-board";
import { getTrip } from "./get-trip";
import { listTripEvents } from "./list-trip-events";
import { listTrips } from "./list-trips";
import { myTrips } from "./my-trips";
import { refreshUnderWay } from "./refresh-under-way";
import { reportStatus } from "./report-status";
import { searchTrips } from "./search-trips";

const database = useTestDatabase();
const list = (ctx: Parameters<typeof listTrips>[0], input: object = {}) => listTrips(ctx, TripListInput.parse(input));
const search = (ctx: Parameters<typeof listTrips>[0], q: string) => searchTrips(ctx, { q, limit: 50 });
const ids = (page: { items: { id: string }[] }) => page.items.map(({ id }) => id);
const asRole = async (agencyId: string, role: Role) =>
  testCtx(database.db, await aUser(database.owner, agencyId, [role]));

test("trips are listed by status in either vocabulary, by vehicle and in pages without gaps", async () => {
  const { dispatcher, shift, agencyId } = await aDispatch(database);
  const trips = [];
  for (let i = 0; i < 5; i++) trips.push(await aTrip(database.owner, agencyId, { pickupAt: minutesAfter(NOW, i) }));
  const sent = trips[2];
  if (!sent) throw new Error("five trips");
  await assignTrip(dispatcher, { tripId: sent.id, shiftId: shift.id, mode: "dispatch" });
  expect(ids(await list(dispatcher))).toEqual(trips.map(({ id }) => id).reverse());
  expect(ids(await list(dispatcher, { status: "dispatched" }))).toEqual([sent.id]);
  expect(ids(await list(dispatcher, { status: "PENDING" }))).toHaveLength(5);
  expect(ids(await list(dispatcher, { vehicleId: shift.vehicleId }))).toEqual([sent.id]);
  const first = await list(dispatcher, { limit: 2 });
  const second = await list(dispatcher, { limit: 2, cursor: first.nextCursor });
  const third = await list(dispatcher, { limit: 2, cursor: second.nextCursor });
  expect([first, second, third].flatMap(ids)).toEqual(trips.map(({ id }) => id).reverse());
  expect(third.nextCursor).toBeNull();
  await expect(list(dispatcher, { cursor: "nonsense" })).rejects.toMatchObject({ code: "invalid" });
  const stranger = await aDispatch(database);
  expect(ids(await list(stranger.dispatcher))).toEqual([]);
});

test("a day is the agency's, also the 23 and the 25 hour ones, and its end is not part of it", async () => {
  const { dispatcher, agencyId } = await aDispatch(database, 1, { timeZone: "America/Chicago" });
  const days = [
    { from: "2027-03-14", to: "2027-03-15", start: "2027-03-14T06:00:00Z", hours: 23 },
    { from: "2027-11-07", to: "2027-11-08", start: "2027-11-07T05:00:00Z", hours: 25 },
  ];
  for (const { from, to, start, hours } of days) {
    const startsAt = new Date(start);
    const at = [-1, 0, hours * 60 - 1, hours * 60].map((minute) => minutesAfter(startsAt, minute));
    const rows = [];
    for (const pickupAt of at) rows.push(await aTrip(database.owner, agencyId, { pickupAt }));
    expect(ids(await list(dispatcher, { from, to }))).toEqual([rows[2]?.id, rows[1]?.id]);
    expect(ids(await list(dispatcher, { from: startsAt, to: minutesAfter(startsAt, hours * 60) }))).toEqual([
      rows[2]?.id,
      rows[1]?.id,
    ]);
  }
  await expect(list(dispatcher, { from: "2027-02-30" })).rejects.toMatchObject({ code: "invalid" });
});

test("a crew sees its own trips only, and its rider from 2 h before to the end of the shift", async () => {
  const { dispatcher, agencyId } = await aDispatch(database);
  const tomorrow = await aVan(database, agencyId, {
    startsAt: minutesAfter(NOW, 300),
    endsAt: minutesAfter(NOW, 780),
    signedOnAt: null,
  });
  const at = minutesAfter(NOW, 360).toISOString();
  const own = await aCall(dispatcher, { pickup: { lat: 40.6, lon: -89.3, address: "9 Home St", at } });
  const other = await aCall(dispatcher);
  await assignTrip(dispatcher, { tripId: own.id, shiftId: tomorrow.shift.id, mode: "reserve" });
  expect(ids(await list(tomorrow.crew))).toEqual([own.id]);
  await expect(getTrip(tomorrow.crew, { tripId: other.id })).rejects.toMatchObject({ code: "not_found" });
  const early = await getTrip(tomorrow.crew, { tripId: own.id });
  expect(early).not.toHaveProperty("riderName");
  expect(early.pickup).not.toHaveProperty("address");
  expect(await getTrip(later(tomorrow.crew, 181), { tripId: own.id })).toMatchObject({
    riderName: "Ada Lovelace",
    pickup: { address: "9 Home St" },
  });
  expect(await getTrip(later(tomorrow.crew, 781), { tripId: own.id })).not.toHaveProperty("riderName");
});

test("billing and clinical staff see initials; a key sees the rider only with riders:read", async () => {
  const { dispatcher, agencyId } = await aDispatch(database);
  const home = await aFacility(database.owner, agencyId, { address: "5 Public Rd" });
  const trip = await aCall(dispatcher, { dropoff: { facilityId: home.id } });
  for (const role of ["billing", "clinical"] as const) {
    const shown = await getTrip(await asRole(agencyId, role), { tripId: trip.id });
    expect(shown).toMatchObject({ riderName: "A. L.", dropoff: { address: "5 Public Rd" } });
    expect(JSON.stringify(shown)).not.toMatch(/Lovelace|0142|Hidden/);
  }
  const partner = keyCtx(database.db, agencyId, ["trips:read"]);
  expect(JSON.stringify(await list(partner))).not.toMatch(/Lovelace|0142|Hidden|A\. L\./);
});

test("a trip is found by the rider's name, phone or number by who may see the rider, and by nobody else", async () => {
  const { dispatcher, agencyId } = await aDispatch(database);
  const trip = await aCall(dispatcher);
  await aCall(dispatcher, { riderName: "Grace Hopper", riderPhone: null });
  for (const q of ["lovel", "ada LOVELACE", "309-555-0142", trip.number, "1"])
    expect(ids(await search(dispatcher, q))).toEqual([trip.id]);
  expect(ids(await search(dispatcher, "hopper"))).toHaveLength(1);
  expect(ids(await search(dispatcher, "nobody"))).toEqual([]);
  for (const q of ["'; drop table trips; --", "%", "<b>"]) expect(ids(await search(dispatcher, q))).toEqual([]);
  expect(ids(await search(keyCtx(database.db, agencyId, ["trips:read"]), "lovelace"))).toEqual([]);
  expect(ids(await search(await asRole(agencyId, "billing"), "lovelace"))).toEqual([]);
  const stranger = await aDispatch(database);
  expect(ids(await search(stranger.dispatcher, "lovelace"))).toEqual([]);
});

test("what a crew may read of its riders ends with the shift: reasons and look-ups by name too", async () => {
  const { dispatcher, crew, shift, agencyId } = await aDispatch(database);
  const trip = await aCall(dispatcher);
  await assignTrip(dispatcher, { tripId: trip.id, shiftId: shift.id, mode: "dispatch" });
  await reportStatus(crew, { tripId: trip.id, status: "en_route", reason: "Ada waits at the back door" });
  const reasonsFor = async (ctx: Parameters<typeof listTripEvents>[0]) =>
    (await listTripEvents(ctx, { tripId: trip.id })).map(({ reason }) => reason).filter((reason) => reason !== null);
  expect(await reasonsFor(crew)).toEqual(["Ada waits at the back door"]);
  expect(ids(await search(crew, "lovelace"))).toEqual([trip.id]);
  const over = later(crew, 24 * 60);
  expect(await reasonsFor(over)).toEqual([]);
  expect(ids(await search(over, "lovelace"))).toEqual([]);
  expect(ids(await search(over, trip.number))).toEqual([trip.id]);
  const alsoBilling = testCtx(database.db, await aUser(database.owner, agencyId, ["crew", "billing"]));
  expect(await reasonsFor(alsoBilling)).toEqual([]);
  expect(ids(await search(alsoBilling, "lovelace"))).toEqual([]);
});

test("a driver's day holds its trips in order, what it does now, and nothing it was not told of", async () => {
  const { dispatcher, crew, shift, agencyId } = await aDispatch(database);
  const at = (minutes: number) => ({ pickup: { lat: 40.6, lon: -89.3, at: minutesAfter(NOW, minutes).toISOString() } });
  const [now, soon, queued, tomorrow] = [
    await aCall(dispatcher),
    await aCall(dispatcher, at(90)),
    await aCall(dispatcher),
    await aCall(dispatcher, at(24 * 60)),
  ];
  const assign = (id: string, mode: "dispatch" | "reserve" | "stack") =>
    assignTrip(dispatcher, { tripId: id, shiftId: shift.id, mode });
  await assign(now.id, "dispatch");
  await assign(soon.id, "reserve");
  await assign(queued.id, "stack");
  expect(ids(await myTrips(crew, {}))).toEqual([now.id, soon.id]);
  expect(ids(await myTrips(crew, { date: "2027-03-04" }))).toEqual([now.id]);
  await expect(assign(tomorrow.id, "reserve")).rejects.toMatchObject({ reasons: [{ code: "off_shift" }] });
  await reportStatus(crew, { tripId: now.id, status: "completed" });
  expect(ids(await myTrips(crew, { date: "2027-03-03" }))).toEqual(
    expect.arrayContaining([now.id, soon.id, queued.id]),
  );
  const other = await aVan(database, agencyId);
  expect(ids(await myTrips(other.crew, {}))).toEqual([]);
});

test("the board holds trips, units and exceptions in one go, with lateness and delivery", async () => {
  const { dispatcher, crew, shift, agencyId } = await aDispatch(database);
  await aPosition(database.owner, agencyId, shift.vehicleId);
  const late = await aCall(dispatcher, {
    pickup: { lat: 40.62, lon: -89.38, address: "12 Hidden Lane", at: minutesAfter(NOW, -20).toISOString() },
  });
  await assignTrip(dispatcher, { tripId: late.id, shiftId: shift.id, mode: "dispatch" });
  await database.owner.insert(schema.exceptions).values({
    agencyId,
    id: late.id,
    kind: "late",
    severity: "alert",
    subjectType: "trip",
    subjectId: late.id,
    tripId: late.id,
    openedAt: NOW,
  });
  const board = await getBoard(later(dispatcher, 2), { limit: 3000 });
  expect(board).toMatchObject({ timeZone: "America/Chicago", now: minutesAfter(NOW, 2) });
  expect(board.trips).toMatchObject([
    {
      id: late.id,
      riderName: "Ada Lovelace",
      from: { label: "12 Hidden Lane" },
      unit: { callSign: shift.callSign, delivery: "sent", alarm: "alert" },
      exceptions: ["late"],
      statusSince: NOW,
    },
  ]);
  expect(board.trips[0]?.latenessS).toBeGreaterThanOrEqual(22 * 60);
  expect(board.units).toMatchObject([
    {
      shiftId: shift.id,
      availability: "ON_TRIP",
      activeTripIds: [late.id],
      position: { ageS: 120 },
      crew: [{ name: expect.any(String) }],
      nextStop: { kind: "pickup", tripId: late.id },
    },
  ]);
  expect(board.exceptions).toMatchObject([{ kind: "late", severity: "alert" }]);
  await reportStatus(later(crew, 3), { tripId: late.id, status: "en_route" });
  expect((await getBoard(later(dispatcher, 4), { limit: 10 })).trips[0]?.unit).toMatchObject({
    delivery: "acknowledged",
    alarm: "none",
  });
  const stranger = await aDispatch(database);
  const theirs = await getBoard(stranger.dispatcher, { limit: 10 });
  expect([theirs.trips, theirs.exceptions]).toEqual([[], []]);
});

test("a trip's history names who and why, for who may see the rider", async () => {
  const { dispatcher, crew, shift, agencyId } = await aDispatch(database);
  const trip = await aCall(dispatcher);
  await assignTrip(dispatcher, { tripId: trip.id, shiftId: shift.id, mode: "dispatch" });
  await reportStatus(crew, {
    tripId: trip.id,
    status: "en_route",
    reason: "via bridge",
    position: { lat: 40.1234567, lon: -89.7654321 },
  });
  const events = await listTripEvents(dispatcher, { tripId: trip.id });
  expect(events.map((one) => [one.kind, one.source])).toEqual([
    ["booked", "console"],
    ["assigned", "console"],
    ["status", "crew"],
  ]);
  expect(events[2]).toMatchObject({
    reason: "via bridge",
    callSign: shift.callSign,
    actor: { name: expect.any(String) },
  });
  expect((await listTripEvents(await asRole(agencyId, "billing"), { tripId: trip.id }))[2]?.reason).toBeNull();
  const stored = await database.owner.select().from(schema.tripEvents).where(eq(schema.tripEvents.tripId, trip.id));
  expect(JSON.stringify(stored)).not.toMatch(/bridge|40\.123|89\.765/);
});

test("estimates follow a unit that is under way, and its followers hear it once", async () => {
  const { dispatcher, shift, agencyId } = await aDispatch(database);
  await aPosition(database.owner, agencyId, shift.vehicleId, { location: { lng: -89.3, lat: 40.5 } });
  const trip = await aCall(dispatcher);
  const sent = await assignTrip(dispatcher, { tripId: trip.id, shiftId: shift.id, mode: "dispatch" });
  const worker = systemCtx(database.db, agencyId);
  expect(await refreshUnderWay(worker)).toBe(0);
  const near = { location: { lng: -89.379, lat: 40.619 } };
  await database.owner
    .update(schema.vehiclePositions)
    .set(near)
    .where(eq(schema.vehiclePositions.vehicleId, shift.vehicleId));
  expect(await refreshUnderWay(worker)).toBe(1);
  const nearer = await getTrip(dispatcher, { tripId: trip.id });
  expect(nearer.etaPickupAt?.getTime()).toBeLessThan((sent.etaPickupAt?.getTime() ?? 0) - 60_000);
  expect(nearer.version).toBe(sent.version);
  expect(await refreshUnderWay(worker)).toBe(0);
  const told = await database.owner.select().from(schema.outbox).where(eq(schema.outbox.channel, nearer.channel));
  expect(told.filter((row) => row.name === "eta")).toMatchObject([{ payload: { tripId: trip.id } }]);
});

test("over midnight the board holds what is wanted soon after, and what was closed shortly before", async () => {
  const { dispatcher } = await aDispatch(database);
  const at = (clock: string) => new Date(`2027-03-${clock}:00Z`);
  const seenAt = async (clock: string) => {
    const { trips } = await getBoard({ ...dispatcher, now: at(clock) }, { limit: 3000 });
    return trips.map(({ id }) => id);
  };
  const wanted = (clock: string) =>
    aCall(dispatcher, {
      pickup: { lat: 40.62, lon: -89.38, address: "12 Hidden Lane", at: at(clock).toISOString() },
    });
  // Midnight in Chicago is 06:00 in UTC.
  const [given, night, nextEvening] = [await wanted("04T05:00"), await wanted("04T07:20"), await wanted("05T00:00")];
  expect(await seenAt("04T05:50")).toEqual([given.id, night.id]);
  await cancelTrip({ ...dispatcher, now: at("04T05:40") }, { tripId: given.id, reason: "rider cancelled" });
  expect(await seenAt("04T06:10")).toEqual([given.id, night.id, nextEvening.id]);
  expect(await seenAt("04T13:00")).toEqual([night.id, nextEvening.id]);
});
