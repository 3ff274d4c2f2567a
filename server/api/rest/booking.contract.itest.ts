import { expect, test } from "vitest";
import { errorOf, itemsOf, NEW_TRIP, rowOf, useCallers } from "@/db/testing/callers";
import { useTestDatabase } from "@/db/testing/database";
import { aFacility } from "@/db/testing/factories";
import { newId } from "@/server/ids";

const database = useTestDatabase();
const { aCaller, aPartner, aUnit, aWorkingAgency } = useCallers(database);

const at = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
/** A day on which nobody else has a trip. */
const day = at(90 * 1440).slice(0, 10);
const PICKUP = { lat: 40.62, lon: -89.38 };
const idsOf = (answer: Parameters<typeof itemsOf>[0]) => itemsOf(answer).map(({ id }) => id);

const TRIP_FIELDS = `id number version kind status publicStatus outcome priority level timing pickup dropoff appointmentAt
  promised needs passengers assignment assignments times missed etaPickupAt etaDropoffAt distanceM durationS channel`;
const CLOCKS = `bookedAt requestedAt dispatchedAt acknowledgedAt enRouteAt atPickupAt loadedAt atDropoffAt completedAt
  clearedAt`;
const words = (text: string) => text.split(/\s+/);

test("a level and a pickup are enough: asap, urgent, one passenger of the level's kind", async () => {
  const { dispatch } = await aWorkingAgency();
  const seats = { ambulatory: 0, wheelchair: 0, stretcher: 0 };
  const kinds = { ambulatory: "ambulatory", wheelchair: "wheelchair", stretcher: "stretcher", bls: "stretcher" };
  for (const [level, kind] of Object.entries({ ...kinds, als: "stretcher", sct: "stretcher" })) {
    const booked = await dispatch("POST", "/trips", { level, pickup: PICKUP });
    expect([level, booked.status, booked.body]).toEqual([
      level,
      201,
      expect.objectContaining({
        kind: "transport",
        status: "requested",
        publicStatus: "PENDING",
        outcome: null,
        level,
        timing: "asap",
        priority: "urgent",
        dropoff: null,
        passengers: { ...seats, [kind]: 1 },
        assignment: null,
        assignments: [],
        missed: [],
      }),
    ]);
    expect(Object.keys(booked.body as object)).toEqual(expect.arrayContaining(words(TRIP_FIELDS)));
    const { times } = rowOf(booked);
    expect(Object.keys(times as object)).toEqual(words(CLOCKS));
    expect(times).toMatchObject({ dispatchedAt: null, completedAt: null });
  }
});

test("a time makes it fixed and scheduled; what is said wins", async () => {
  const { dispatch } = await aWorkingAgency();
  const later = at(300);
  const booked = await dispatch("POST", "/trips", { level: "als", pickup: { ...PICKUP, at: later } });
  expect(booked.body).toMatchObject({ timing: "fixed", priority: "scheduled", pickup: { at: later } });
  expect(rowOf(booked).times).toMatchObject({ requestedAt: later });
  const said = { level: "als", priority: "emergency", timing: "will_call", kind: "assist" };
  expect((await dispatch("POST", "/trips", { ...said, pickup: PICKUP })).body).toMatchObject(said);
  const offset = { ...PICKUP, at: `${day}T14:30:00+02:00` };
  expect((await dispatch("POST", "/trips", { level: "als", pickup: offset })).body).toMatchObject({
    pickup: { at: `${day}T12:30:00.000Z` },
  });
});

test("an end may be a facility, whose place and address it takes", async () => {
  const { dispatch, agencyId } = await aWorkingAgency();
  const facility = await aFacility(database.owner, agencyId, { address: "9 Hospital Rd" });
  const booked = await dispatch("POST", "/trips", {
    level: "wheelchair",
    pickup: { facilityId: facility.id },
    dropoff: { facilityId: facility.id, notes: "door B" },
  });
  const { lat, lng: lon } = facility.location;
  expect(booked).toMatchObject({
    status: 201,
    body: { pickup: { facilityId: facility.id, address: "9 Hospital Rd", lat, lon }, dropoff: { notes: "door B" } },
  });
});

test("what can not be a trip is 400 or 422 with its path, and nothing is booked", async () => {
  const { dispatch } = await aWorkingAgency();
  const trip = (over: object) => ({ ...NEW_TRIP, ...over });
  const refused: [number, object, string][] = [
    [400, { pickup: PICKUP }, "level"],
    [400, { level: "als" }, "pickup"],
    [400, trip({ level: "rocket" }), "level"],
    [400, trip({ pickup: { lat: 91, lon: 0 } }), "pickup.lat"],
    [400, trip({ pickup: { lat: "40", lon: 0 } }), "pickup.lat"],
    [400, trip({ pickup: { lat: 40 } }), "pickup.facilityId"],
    [400, trip({ pickup: { ...PICKUP, at: "tomorrow" } }), "pickup.at"],
    [400, trip({ pickup: { ...PICKUP, at: `${day}T14:30:00` } }), "pickup.at"],
    [400, trip({ pickup: { ...PICKUP, floor: 3 } }), "pickup.floor"],
    [400, trip({ priority: "asap" }), "priority"],
    [400, trip({ passengers: { wheelchair: -1 } }), "passengers.wheelchair"],
    [422, trip({ pickup: { facilityId: newId() } }), "pickup.facilityId"],
    [422, trip({ dropoff: { facilityId: newId() } }), "dropoff.facilityId"],
    [422, trip({ returnOf: newId() }), "returnOf"],
    [422, trip({ pickup: { ...PICKUP, at: at(300) }, dropoff: { ...PICKUP, at: at(200) } }), "dropoff.at"],
  ];
  for (const [status, body, path] of refused) {
    const answer = await dispatch("POST", "/trips", body);
    expect([path, answer.status]).toEqual([path, status]);
    expect(errorOf(answer).reasons.map((reason) => reason.path)).toContain(path);
  }
  expect(itemsOf(await dispatch("GET", "/trips"))).toEqual([]);
});

test("SQL and markup in every text are kept as they are", async () => {
  const { dispatch } = await aWorkingAgency();
  const odd = `'; drop table trips; -- <script>alert(1)</script> \\ " % _ 😀`;
  const end = { ...PICKUP, address: odd, notes: odd };
  const sent = { level: "als", riderName: odd, notes: odd, needs: ["oxygen"], pickup: end, dropoff: end };
  const { id } = rowOf(await dispatch("POST", "/trips", sent));
  expect((await dispatch("GET", `/trips/${id}`)).body).toMatchObject(sent);
  expect(idsOf(await dispatch("POST", "/trips/search", { q: odd }))).toEqual([id]);
});

test("the list takes statuses in both vocabularies, a half-open period and a vehicle", async () => {
  const { dispatch, vehicle } = await aWorkingAgency();
  const book = async (pickupAt?: string) =>
    rowOf(await dispatch("POST", "/trips", { ...NEW_TRIP, pickup: { ...PICKUP, ...(pickupAt && { at: pickupAt }) } }))
      .id;
  const [early, late] = [`${day}T10:00:00.000Z`, `${day}T12:00:00.000Z`];
  const [asap, first, second] = [await book(), await book(early), await book(late)];
  expect((await dispatch("POST", `/trips/${asap}/assign`, { vehicleId: vehicle.id, mode: "dispatch" })).status).toBe(
    200,
  );
  const list = async (query: string) => new Set(idsOf(await dispatch("GET", `/trips?${query}`)));
  expect(await list("status=PENDING")).toEqual(new Set([asap, first, second]));
  expect(await list("status=requested")).toEqual(new Set([first, second]));
  expect(await list("status=dispatched,completed")).toEqual(new Set([asap]));
  expect(await list("status=COMPLETED")).toEqual(new Set([]));
  expect(await list(`from=${early}&to=${late}`)).toEqual(new Set([first]));
  expect(await list(`from=${late}`)).toEqual(new Set([second]));
  expect(await list(`to=${early}`)).toEqual(new Set([asap]));
  expect(await list(`vehicleId=${vehicle.id}`)).toEqual(new Set([asap]));
  for (const bad of ["status=nonsense", "from=yesterday", "vehicleId=7", "status="]) {
    expect([bad, (await dispatch("GET", `/trips?${bad}`)).status]).toEqual([bad, 400]);
  }
});

test("free text is searched by POST: a name, a phone, a number; never in a URL", async () => {
  const { dispatch, admin } = await aWorkingAgency();
  const trip = rowOf(await dispatch("POST", "/trips", NEW_TRIP));
  for (const q of ["lovelace", "ADA LOV", "3095550134", trip.number]) {
    expect([q, idsOf(await dispatch("POST", "/trips/search", { q }))]).toEqual([q, [trip.id]]);
  }
  expect(idsOf(await dispatch("POST", "/trips/search", { q: "babbage" }))).toEqual([]);
  expect((await dispatch("POST", "/trips/search", {})).status).toBe(400);
  expect((await dispatch("GET", "/trips?q=lovelace")).status).toBe(400);
  const partner = await aPartner(admin, ["trips:read"]);
  expect(idsOf(await partner.call("POST", "/trips/search", { q: "lovelace" }))).toEqual([]);
});

test("a change needs the version; a stale one is told the row as it is now, under the caller's own rights", async () => {
  const { dispatch, admin } = await aWorkingAgency();
  const { id, version } = rowOf(await dispatch("POST", "/trips", NEW_TRIP));
  const unversioned = await dispatch("PATCH", `/trips/${id}`, { needs: ["oxygen"] });
  expect([unversioned.status, errorOf(unversioned).reasons[0]?.path]).toEqual([400, "version"]);
  const changed = await dispatch("PATCH", `/trips/${id}`, { needs: ["oxygen"], version });
  expect([changed.status, rowOf(changed).needs]).toEqual([200, ["oxygen"]]);
  const stale = await dispatch("PATCH", `/trips/${id}`, { needs: [], version });
  expect([stale.status, errorOf(stale).code]).toEqual([409, "conflict"]);
  expect(errorOf(stale).reasons).toEqual([
    expect.objectContaining({
      path: "version",
      code: "stale",
      current: expect.objectContaining({ id, needs: ["oxygen"], riderName: "Ada Lovelace" }),
    }),
  ]);
  const partner = await aPartner(admin, ["trips:read", "trips:write"]);
  const current = errorOf(await partner.call("PATCH", `/trips/${id}`, { needs: [], version })).reasons[0]?.current;
  expect(current).toMatchObject({ id });
  expect(JSON.stringify(current)).not.toMatch(/Lovelace|Hidden Lane|5550134/);
});

test("riders are seen by dispatchers, by keys with riders:read, by billing as initials, by a crew for its own", async () => {
  const { dispatch, admin, drive, agencyId, shift } = await aWorkingAgency();
  const { id } = rowOf(await dispatch("POST", "/trips", NEW_TRIP));
  const open = await aPartner(admin, ["trips:read", "riders:read"]);
  const blind = await aPartner(admin, ["trips:read"]);
  const [billing, clinical] = [await aCaller(agencyId, ["billing"]), await aCaller(agencyId, ["clinical"])];
  const stranger = await aCaller(agencyId, ["crew"]);
  const seen = async (call: typeof dispatch) => rowOf(await call("GET", `/trips/${id}`));
  expect(await seen(dispatch)).toMatchObject({
    riderName: "Ada Lovelace",
    riderPhone: expect.stringContaining("0134"),
  });
  expect((await seen(open.call)).riderName).toBe("Ada Lovelace");
  for (const caller of [blind, billing, clinical]) {
    expect(JSON.stringify(await seen(caller.call))).not.toMatch(/Lovelace|Hidden Lane|5550134/);
  }
  expect((await seen(billing.call)).riderName).toBe("A. L.");
  expect((await drive("GET", `/trips/${id}`)).status).toBe(404);
  expect((await dispatch("POST", `/trips/${id}/assign`, { shiftId: shift.id, mode: "dispatch" })).status).toBe(200);
  expect((await seen(drive)).riderName).toBe("Ada Lovelace");
  expect((await stranger.call("GET", `/trips/${id}`)).status).toBe(404);
  expect(itemsOf(await stranger.call("GET", "/trips"))).toEqual([]);
});

test("a crew sees its riders from two hours before its shift to the end of it", async () => {
  const { dispatch, agencyId } = await aWorkingAgency();
  const crew = await aCaller(agencyId, ["crew"]);
  const { shift } = await aUnit(agencyId, [crew.person.id], false);
  const move = (startsIn: number, endsIn: number) => database.sql`
    with moved as (
      update shifts set starts_at = ${at(startsIn)}, ends_at = ${at(endsIn)} where id = ${shift.id} returning id)
    update shift_crew set starts_at = ${at(startsIn)}, ends_at = ${at(endsIn)} from moved where shift_id = moved.id`;
  await move(115, 600);
  const pickup = { ...NEW_TRIP.pickup, at: at(180) };
  const { id } = rowOf(await dispatch("POST", "/trips", { ...NEW_TRIP, pickup }));
  expect((await dispatch("POST", `/trips/${id}/assign`, { shiftId: shift.id, mode: "reserve" })).status).toBe(200);
  const seen = async () => JSON.stringify((await crew.call("GET", `/trips/${id}`)).body);
  expect(await seen()).toMatch(/Lovelace/);
  await move(125, 600);
  expect(await seen()).not.toMatch(/Lovelace|Hidden Lane|5550134/);
  await move(-600, -1);
  expect(await seen()).not.toMatch(/Lovelace|Hidden Lane|5550134/);
});

test("a crew's day: its own trips of a date", async () => {
  const { dispatch, drive, agencyId, shift } = await aWorkingAgency();
  const mine = rowOf(await dispatch("POST", "/trips", NEW_TRIP)).id;
  const other = rowOf(await dispatch("POST", "/trips", NEW_TRIP)).id;
  const { shift: foreign } = await aUnit(agencyId);
  await dispatch("POST", `/trips/${mine}/assign`, { shiftId: shift.id, mode: "dispatch" });
  await dispatch("POST", `/trips/${other}/assign`, { shiftId: foreign.id, mode: "dispatch" });
  expect(idsOf(await drive("GET", "/me/trips"))).toEqual([mine]);
  expect(idsOf(await drive("GET", "/me/trips?date=2019-01-01"))).not.toContain(other);
  expect((await drive("GET", "/me/trips?date=2027-13-01")).status).toBe(400);
});
