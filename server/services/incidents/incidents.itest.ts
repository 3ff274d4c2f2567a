import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import * as schema from "@/db/schema";
import { useTestDatabase } from "@/db/testing/database";
import { aCall, aDispatch, announcedTo, auditOf, historyOf, later } from "@/db/testing/dispatch";
import { addSupport } from "@/server/services/trips/add-support";
import { assignTrip } from "@/server/services/trips/assign-trip";
import { cancelTrip } from "@/server/services/trips/cancel-trip";
import { getTrip } from "@/server/services/trips/get-trip";
import { attachTrip } from "./attach-trip";
import { closeIncident } from "./close-incident";
import { detachTrip } from "./detach-trip";
import { getIncident } from "./get-incident";
import { listIncidents } from "./list-incidents";
import { openIncident } from "./open-incident";
import { searchIncidents } from "./search-incidents";

const database = useTestDatabase();

/** An incident that was opened from a trip. */
async function opened(vans = 1) {
  const scene = await aDispatch(database, vans);
  const { id: tripId } = await aCall(scene.dispatcher);
  const incident = await openIncident(scene.dispatcher, { tripId, notes: "Bus on its side, Ada Lovelace inside" });
  return { ...scene, tripId, incident, incidentId: incident.id };
}

test("an incident is opened from a trip, numbered, with its notes sealed, and says so on the trip", async () => {
  const { agencyId, dispatcher, tripId, incident, incidentId } = await opened();
  expect(incident).toMatchObject({ number: "I-00001", closedAt: null, trips: [{ id: tripId }], units: [] });
  expect(await getTrip(dispatcher, { tripId })).toMatchObject({ incidentId });
  expect((await getIncident(dispatcher, incidentId)).notes).toBe("Bus on its side, Ada Lovelace inside");
  const [row] = await database.owner.select().from(schema.incidents).where(eq(schema.incidents.id, incidentId));
  expect(row?.notesEnc).not.toContain("Ada");
  expect(await historyOf(database, tripId)).toEqual(["booked requested", "edited requested"]);
  expect(await auditOf(database, tripId)).toEqual(["trip.book", "trip.incident_attach"]);
  expect(await auditOf(database, incidentId)).toEqual(["incident.open"]);
  expect((await announcedTo(database, agencyId)).filter((name) => name.startsWith("trip.changed"))).toHaveLength(2);
});

test("incidents are found by their number or by that of a trip in them, open, closed or both", async () => {
  const { dispatcher, tripId, incident } = await opened();
  const trip = await getTrip(dispatcher, { tripId });
  const other = await openIncident(later(dispatcher, 1), { notes: "Ada again" });
  const found = async (q: string, status: "open" | "closed" | "any" = "any", ctx = dispatcher) =>
    (await searchIncidents(ctx, { q, status, limit: 50 })).items.map(({ number }) => number);
  expect(await found("1")).toEqual(["I-00001"]);
  expect(await found("i-2")).toEqual(["I-00002"]);
  expect(await found(trip.number)).toEqual([incident.number]);
  expect(await found("Ada")).toEqual([]);
  await closeIncident(later(dispatcher, 2), { incidentId: other.id });
  expect(await found("2", "open")).toEqual([]);
  expect(await found("2", "closed")).toEqual(["I-00002"]);
  const listed = await listIncidents(dispatcher, { status: "closed", limit: 50 });
  expect(listed.items.map(({ number }) => number)).toEqual(["I-00002"]);
  const stranger = await aDispatch(database, 1);
  expect(await found(trip.number, "any", stranger.dispatcher)).toEqual([]);
});

test("other consoles hear of an incident that is opened before a trip, and of its end", async () => {
  const { agencyId, dispatcher } = await aDispatch(database, 1);
  const { id: incidentId } = await openIncident(dispatcher, {});
  await closeIncident(later(dispatcher, 1), { incidentId });
  await closeIncident(later(dispatcher, 2), { incidentId });
  expect(await announcedTo(database, agencyId)).toEqual(["incident.changed open", "incident.changed closed"]);
});

test("an incident groups trips and every unit that is on them", async () => {
  const { dispatcher, units, tripId, incidentId } = await opened(2);
  const [carrier, helper] = units;
  const { id: second } = await aCall(dispatcher);
  await attachTrip(later(dispatcher, 1), { incidentId, tripId: second });
  await assignTrip(dispatcher, { tripId, shiftId: carrier?.shift.id, mode: "dispatch" });
  await addSupport(dispatcher, { tripId: second, shiftId: helper?.shift.id, role: "first_response" });
  const incident = await getIncident(dispatcher, incidentId);
  expect(incident.trips.map(({ id }) => id).toSorted()).toEqual([tripId, second].toSorted());
  expect(incident.units).toMatchObject([
    { tripId, shiftId: carrier?.shift.id, role: "transport" },
    { tripId: second, shiftId: helper?.shift.id, role: "first_response" },
  ]);
  await detachTrip(later(dispatcher, 2), { incidentId, tripId: second });
  await detachTrip(later(dispatcher, 3), { incidentId, tripId: second });
  expect((await getIncident(dispatcher, incidentId)).trips.map(({ id }) => id)).toEqual([tripId]);
  expect(await auditOf(database, incidentId)).toEqual([
    "incident.open",
    "incident.attach_trip",
    "incident.detach_trip",
  ]);
});

test("an incident is closed when its trips are over, and then takes none", async () => {
  const { dispatcher, tripId, incidentId } = await opened();
  await expect(closeIncident(dispatcher, { incidentId })).rejects.toMatchObject({
    code: "rule_broken",
    reasons: [{ code: "trip_open" }],
  });
  await cancelTrip(dispatcher, { tripId, reason: "called off" });
  await expect(closeIncident(dispatcher, { incidentId, version: 9 })).rejects.toMatchObject({ code: "conflict" });
  const closed = await closeIncident(later(dispatcher, 1), { incidentId });
  expect(closed.closedAt).toEqual(later(dispatcher, 1).now);
  expect((await closeIncident(later(dispatcher, 2), { incidentId })).version).toBe(closed.version);
  const { id: late } = await aCall(dispatcher);
  for (const ask of [attachTrip, detachTrip]) {
    await expect(ask(dispatcher, { incidentId, tripId: late })).rejects.toMatchObject({
      code: "rule_broken",
      reasons: [{ code: "incident_closed" }],
    });
  }
  const list = (status: "open" | "any") => listIncidents(dispatcher, { status, limit: 10 });
  expect((await list("open")).items).toEqual([]);
  expect((await list("any")).items).toMatchObject([{ id: incidentId }]);
});

test("two at once: a trip is in one incident only, and numbers are given once", async () => {
  const { dispatcher } = await aDispatch(database, 1);
  const { id: tripId } = await aCall(dispatcher);
  const both = await Promise.allSettled([1, 2].map(() => openIncident(dispatcher, { tripId })));
  expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  expect(both.find((one) => one.status === "rejected")?.reason).toMatchObject({ code: "conflict" });
  const more = await Promise.all([1, 2, 3].map(() => openIncident(dispatcher, {})));
  expect(new Set(more.map(({ number }) => number)).size).toBe(3);
  const { items, nextCursor } = await listIncidents(dispatcher, { status: "any", limit: 2 });
  const rest = await listIncidents(dispatcher, { status: "any", limit: 9, cursor: nextCursor ?? undefined });
  expect(new Set([...items, ...rest.items].map(({ id }) => id)).size).toBe(4);
});

test("a close and an attach at once leave no open trip in a closed incident", async () => {
  const { dispatcher } = await aDispatch(database, 1);
  const { id: incidentId } = await openIncident(dispatcher, {});
  const { id: tripId } = await aCall(dispatcher);
  await Promise.allSettled([closeIncident(dispatcher, { incidentId }), attachTrip(dispatcher, { incidentId, tripId })]);
  const { closedAt, trips } = await getIncident(dispatcher, incidentId);
  expect(closedAt === null || trips.length === 0).toBe(true);
});

test("another agency finds no such incident, and puts no trip into it", async () => {
  const { incidentId, tripId } = await opened();
  const stranger = await aDispatch(database, 1);
  const { id: foreign } = await aCall(stranger.dispatcher);
  const refused = [
    () => getIncident(stranger.dispatcher, incidentId),
    () => attachTrip(stranger.dispatcher, { incidentId, tripId: foreign }),
    () => detachTrip(stranger.dispatcher, { incidentId, tripId }),
    () => closeIncident(stranger.dispatcher, { incidentId }),
    () => openIncident(stranger.dispatcher, { tripId }),
  ];
  for (const ask of refused) await expect(ask()).rejects.toMatchObject({ code: "not_found" });
  expect((await listIncidents(stranger.dispatcher, { status: "any", limit: 10 })).items).toEqual([]);
});
