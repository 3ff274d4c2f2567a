import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import * as schema from "@/db/schema";
import { useTestDatabase } from "@/db/testing/database";
import { aCall, aDispatch, announcedTo, auditOf, historyOf, later, minutesAfter, NOW } from "@/db/testing/dispatch";
import { aFacility, keyCtx } from "@/db/testing/factories";
import { newId } from "@/server/ids";
import { bookTrip } from "./book-trip";
import { editTrip } from "./edit-trip";
import { getTrip } from "./get-trip";

const database = useTestDatabase();

test("a call without a time is wanted now and urgent, has a number, an event and an audit row", async () => {
  const { dispatcher, agencyId } = await aDispatch(database);
  const trip = await aCall(dispatcher);
  expect(trip).toMatchObject({
    status: "requested",
    publicStatus: "PENDING",
    timing: "asap",
    priority: "urgent",
    number: "T-00001",
    version: 1,
    riderName: "Ada Lovelace",
    riderPhone: "(309) 555-0142",
    pickup: { address: "12 Hidden Lane", lat: 40.62, lon: -89.38, at: null },
    passengers: { ambulatory: 0, wheelchair: 1, stretcher: 0 },
    assignment: null,
    assignments: [],
    missed: [],
    times: { bookedAt: NOW, requestedAt: NOW, dispatchedAt: null },
  });
  expect(trip.distanceM).toBeGreaterThan(5_000);
  expect(await historyOf(database, trip.id)).toEqual(["booked requested"]);
  expect(await auditOf(database, trip.id)).toEqual(["trip.book"]);
  expect(await announcedTo(database, agencyId)).toEqual(["trip.changed requested"]);
});

test("nothing of the rider is stored or told in the clear", async () => {
  const { dispatcher, agencyId } = await aDispatch(database);
  const trip = await aCall(dispatcher, {
    riderName: "Zenobia Marker",
    pickup: { address: "77 Marker Street", lat: 40.6, lon: -89.3, notes: "Marker gate code" },
    notes: "Marker note",
  });
  await editTrip(dispatcher, {
    tripId: trip.id,
    version: 1,
    riderName: "Zenobia Othermarker",
    reason: "Marker called",
  });
  for (const table of [schema.trips, schema.tripEvents, schema.auditLog, schema.outbox, schema.riders, schema.stops]) {
    const rows = await database.owner.select().from(table).where(eq(table.agencyId, agencyId));
    expect(JSON.stringify(rows)).not.toMatch(/marker|0142/i);
  }
});

test("a name with a number is remembered once; a name alone is not", async () => {
  const { dispatcher } = await aDispatch(database);
  const first = await aCall(dispatcher);
  const again = await aCall(dispatcher, { riderName: "ada LOVELACE", riderPhone: "309-555-0142" });
  const nameOnly = await aCall(dispatcher, { riderPhone: null });
  const byId = await aCall(dispatcher, { riderName: null, riderPhone: null, riderId: first.riderId });
  expect(first.riderId).toBeTruthy();
  expect(again.riderId).toBe(first.riderId);
  expect(nameOnly.riderId).toBeNull();
  expect(byId).toMatchObject({ riderName: "Ada Lovelace", unknownRider: false });
  expect(await aCall(dispatcher, { riderName: null, riderPhone: null })).toMatchObject({
    riderName: null,
    unknownRider: true,
  });
});

test("a facility gives its entrance; another agency's is unknown, with its path", async () => {
  const { dispatcher, agencyId } = await aDispatch(database);
  const stranger = await aDispatch(database);
  const here = await aFacility(database.owner, agencyId, { name: "Riverside" });
  const there = await aFacility(database.owner, stranger.agencyId);
  const trip = await aCall(dispatcher, { dropoff: { facilityId: here.id } });
  expect(trip.dropoff).toMatchObject({ facilityName: "Riverside", lat: here.location.lat, zip: "61501" });
  await expect(aCall(dispatcher, { dropoff: { facilityId: there.id } })).rejects.toMatchObject({
    code: "rule_broken",
    reasons: [{ path: "dropoff.facilityId", code: "unknown" }],
  });
  await expect(aCall(dispatcher, { returnOf: newId() })).rejects.toMatchObject({ reasons: [{ path: "returnOf" }] });
});

test("a drop-off before the pickup is refused and nothing is stored", async () => {
  const { dispatcher, agencyId } = await aDispatch(database);
  const at = minutesAfter(NOW, 60).toISOString();
  const early = minutesAfter(NOW, 30).toISOString();
  const booking = aCall(dispatcher, { pickup: { lat: 40, lon: -89, at }, dropoff: { lat: 40, lon: -89, at: early } });
  await expect(booking).rejects.toMatchObject({ reasons: [{ path: "dropoff.at", code: "before_pickup" }] });
  expect(await announcedTo(database, agencyId)).toEqual([]);
});

test("numbers are given once when many calls come at once, and a partner's reference is taken once", async () => {
  const { dispatcher } = await aDispatch(database);
  const booked = await Promise.all(Array.from({ length: 8 }, () => aCall(dispatcher)));
  expect(new Set(booked.map((trip) => trip.number)).size).toBe(8);
  const twice = await Promise.allSettled([1, 2].map(() => aCall(dispatcher, { externalRef: "B-1" })));
  expect(twice.map((one) => one.status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(twice.find((one) => one.status === "rejected")?.reason).toMatchObject({ code: "conflict" });
});

test("an edit counts the version; a stale one is told what the trip is now", async () => {
  const { dispatcher } = await aDispatch(database);
  const trip = await aCall(dispatcher);
  const edits = ["oxygen", "escort"].map((need) =>
    editTrip(dispatcher, { tripId: trip.id, version: 1, needs: [need] }),
  );
  const settled = await Promise.allSettled(edits);
  expect(settled.filter((one) => one.status === "fulfilled")).toHaveLength(1);
  const lost = settled.find((one) => one.status === "rejected");
  expect(lost?.reason).toMatchObject({
    code: "conflict",
    reasons: [{ path: "version", code: "stale", current: { version: 2 } }],
  });
  expect(await auditOf(database, trip.id)).toEqual(["trip.book", "trip.edit"]);
});

test("the promise moves with the pickup only when a reason is given, and the old one stays in the events", async () => {
  const { dispatcher } = await aDispatch(database);
  const at = (minutes: number) => minutesAfter(NOW, minutes);
  const trip = await aCall(dispatcher, { pickup: { lat: 40, lon: -89, at: at(60).toISOString() } });
  expect(trip.promised.pickupAt).toEqual(at(60));
  const moved = await editTrip(dispatcher, { tripId: trip.id, version: 1, pickup: { lat: 40, lon: -89, at: at(90) } });
  expect([moved.pickup.at, moved.times.requestedAt, moved.promised.pickupAt]).toEqual([at(90), at(90), at(60)]);
  const pickup = { lat: 40, lon: -89, at: at(120) };
  const agreed = await editTrip(later(dispatcher, 1), { tripId: trip.id, version: 2, pickup, reason: "rider asked" });
  expect(agreed.promised.pickupAt).toEqual(at(120));
  expect(await historyOf(database, trip.id)).toEqual(["booked requested", "edited requested", "promised requested"]);
});

test("a partner's key books and reads back its trip, but not the rider without riders:read", async () => {
  const { agencyId } = await aDispatch(database);
  const partner = keyCtx(database.db, agencyId, ["trips:write", "trips:read"]);
  const trip = await aCall(partner);
  expect(trip).not.toHaveProperty("riderName");
  expect(trip.pickup).not.toHaveProperty("address");
  const trusted = keyCtx(database.db, agencyId, ["trips:read", "riders:read"]);
  expect(await getTrip(trusted, { tripId: trip.id })).toMatchObject({ riderName: "Ada Lovelace" });
});

test("another agency neither sees nor edits it", async () => {
  const { dispatcher } = await aDispatch(database);
  const stranger = await aDispatch(database);
  const trip = await aCall(dispatcher);
  await expect(getTrip(stranger.dispatcher, { tripId: trip.id })).rejects.toMatchObject({ code: "not_found" });
  await expect(editTrip(stranger.dispatcher, { tripId: trip.id, version: 1, needs: [] })).rejects.toMatchObject({
    code: "not_found",
  });
  await expect(
    bookTrip(stranger.dispatcher, { kind: "transport", level: "als", pickup: { lat: 1, lon: 1 }, returnOf: trip.id }),
  ).rejects.toMatchObject({
    reasons: [{ path: "returnOf", code: "unknown" }],
  });
});
