import { expect, test } from "vitest";
import { errorOf, itemsOf, NEW_TRIP, reasonCodes, rowOf, useCallers } from "@/db/testing/callers";
import { useTestDatabase } from "@/db/testing/database";
import type { Answer } from "@/db/testing/rest";
import { newId } from "@/server/ids";

const database = useTestDatabase();
const { aCaller, aUnit, aWorkingAgency } = useCallers(database);
const minutesFromNow = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
const keysOf = ({ body }: Answer) => Object.keys(body as object);

/** What api clients may count on finding in a row. */
const SHAPES = {
  user: ["id", "email", "name", "roles", "active", "version"],
  vehicle:
    "id vehicleNo callSign type levels places configurations inService availability version shift position".split(" "),
  shift: "id vehicleId callSign crew startsAt endsAt signedOnAt signedOffAt manifestVersion version".split(" "),
  device: ["id", "label", "app", "lastSeenAt", "darkReason", "speedUnit", "active"],
  facility: ["id", "name", "kind", "address", "lat", "lon", "modifier", "status", "version"],
  base: ["id", "name", "lat", "lon"],
};

/** A minimal body for each area, so that its whole life can be walked. */
async function bodies(vehicleId: string) {
  return {
    bases: { made: { name: "North", lat: 40.6, lon: -89.4 }, patch: { name: "South" } },
    facilities: {
      made: { name: "St. Mary", kind: "hospital", address: "1 Main St", lat: 40.6, lon: -89.4, modifier: "H" },
      patch: { status: "divert" },
    },
    vehicles: { made: { vehicleNo: "77", type: "wheelchair_van" }, patch: { callSign: "Van 77" } },
    devices: { made: { label: "Tablet", vehicleId }, patch: { label: "Tablet 2" } },
    users: {
      made: { email: `u-${newId()}@example.test`, role: "crew", password: "long enough" },
      patch: { name: "U" },
    },
    "api-keys": { made: { name: "Partner", scopes: ["fleet:read"] }, patch: { name: "Partner 2" } },
    shifts: {
      made: { vehicleId, startsAt: minutesFromNow(600), endsAt: minutesFromNow(1000) },
      patch: { callSign: "M 9" },
    },
  };
}

test("every area is created, read, listed, changed with its version and deactivated twice", async () => {
  const { admin, vehicle } = await aWorkingAgency();
  for (const [area, { made: body, patch }] of Object.entries(await bodies(vehicle.id))) {
    const made = await admin("POST", `/${area}`, body);
    expect([area, made.status]).toEqual([area, 201]);
    const { id, version } = rowOf(made);
    expect([area, await admin("GET", `/${area}/${id}`)]).toEqual([area, expect.objectContaining({ status: 200 })]);
    expect(itemsOf(await admin("GET", `/${area}`)).map((row) => row.id)).toContain(id);
    const unversioned = await admin("PATCH", `/${area}/${id}`, patch);
    expect([area, unversioned.status, reasonCodes(unversioned).length]).toEqual([area, 400, 1]);
    const changed = await admin("PATCH", `/${area}/${id}`, { ...patch, version });
    expect([area, changed.status, changed.body]).toEqual([area, 200, expect.objectContaining(patch)]);
    expect(rowOf(changed).version).toBeGreaterThan(version);
    const stale = await admin("PATCH", `/${area}/${id}`, { ...patch, version });
    expect([area, stale.status, errorOf(stale).code]).toEqual([area, 409, "conflict"]);
    expect(errorOf(stale).reasons[0]).toMatchObject({ path: "version", code: "stale", current: { ...patch, id } });
    for (const _ of [1, 2]) expect([area, (await admin("DELETE", `/${area}/${id}`)).status]).toEqual([area, 204]);
    expect(itemsOf(await admin("GET", `/${area}`)).map((row) => row.id)).not.toContain(id);
  }
});

test("rows have the fields that clients count on", async () => {
  const { admin, dispatch, vehicle, shift } = await aWorkingAgency();
  const all = await bodies(vehicle.id);
  expect(keysOf(await admin("POST", "/users", all.users.made)).sort()).toEqual([...SHAPES.user].sort());
  expect(keysOf(await admin("GET", `/vehicles/${vehicle.id}`))).toEqual(expect.arrayContaining(SHAPES.vehicle));
  expect(keysOf(await dispatch("GET", `/shifts/${shift.id}`))).toEqual(expect.arrayContaining(SHAPES.shift));
  expect(keysOf(await admin("POST", "/facilities", all.facilities.made))).toEqual(
    expect.arrayContaining(SHAPES.facility),
  );
  expect(keysOf(await admin("POST", "/bases", all.bases.made))).toEqual(expect.arrayContaining(SHAPES.base));
  const paired = await admin("POST", "/devices", all.devices.made);
  const { token, ...row } = rowOf(paired);
  expect(row).toMatchObject({ osmandUrl: expect.stringContaining("/api/v1/ingest/osmand"), qr: expect.any(String) });
  expect(row).toMatchObject({ owntracksUrl: expect.stringContaining("/api/v1/ingest/owntracks") });
  expect(token).toMatch(/^rbd_/);
  const [listed = {}] = itemsOf(await admin("GET", "/devices"));
  expect(Object.keys(listed)).toEqual(expect.arrayContaining(SHAPES.device));
  expect(JSON.stringify(listed)).not.toContain(token as string);
});

test("a person is made with a role alone, by an invitation, and has an e-mail of their own", async () => {
  const { admin } = await aWorkingAgency();
  const email = `invited-${newId()}@Example.Test`;
  const invited = await admin("POST", "/users", { email, role: "dispatcher" });
  expect(invited).toMatchObject({
    status: 201,
    body: {
      email: email.toLowerCase(),
      roles: ["dispatcher"],
      active: true,
      inviteUrl: expect.stringContaining("http"),
    },
  });
  const twice = await admin("POST", "/users", { email, role: "crew", password: "long enough" });
  expect([409, 422]).toContain(twice.status);
  expect((await admin("POST", "/users", { email: "no-mail", role: "crew" })).status).toBe(400);
  expect((await admin("POST", "/users", { email: "a@b.example", roles: ["king"] })).status).toBe(400);
});

test("admin writes, dispatchers write shifts and read all, a crew reads its own shift", async () => {
  const { admin, dispatch, drive, agencyId, shift, vehicle } = await aWorkingAgency();
  const other = await aUnit(agencyId);
  for (const area of ["bases", "facilities", "vehicles", "devices", "users"]) {
    expect([area, (await dispatch("GET", `/${area}`)).status]).toEqual([area, 200]);
    expect([area, (await dispatch("POST", `/${area}`, {})).status]).toEqual([area, 403]);
  }
  const planned = { vehicleId: vehicle.id, startsAt: minutesFromNow(600), endsAt: minutesFromNow(900) };
  expect((await dispatch("POST", "/shifts", planned)).status).toBe(201);
  expect((await drive("POST", "/shifts", planned)).status).toBe(403);
  expect(itemsOf(await drive("GET", "/shifts")).map(({ id }) => id)).toEqual([shift.id]);
  expect((await drive("GET", `/shifts/${shift.id}`)).status).toBe(200);
  expect((await drive("GET", `/shifts/${other.shift.id}`)).status).toBe(404);
  expect((await drive("POST", `/shifts/${other.shift.id}/sign-off`)).status).toBeGreaterThanOrEqual(403);
  expect((await admin("GET", `/shifts/${other.shift.id}`)).body).toMatchObject({ signedOffAt: null });
});

test("a shift that overlaps another of its vehicle or person is 409", async () => {
  const { dispatch, agencyId, vehicle, driver } = await aWorkingAgency();
  const free = await aUnit(agencyId);
  const now = { startsAt: minutesFromNow(0), endsAt: minutesFromNow(60) };
  const later = { startsAt: minutesFromNow(1000), endsAt: minutesFromNow(1060) };
  expect((await dispatch("POST", "/shifts", { vehicleId: vehicle.id, ...now })).status).toBe(409);
  const doubled = { vehicleId: free.vehicle.id, crew: [driver.person.id] };
  expect((await dispatch("POST", "/shifts", { ...doubled, ...later })).status).toBe(201);
  expect((await dispatch("POST", "/shifts", { ...doubled, vehicleId: vehicle.id, ...later })).status).toBe(409);
  const touching = { startsAt: later.endsAt, endsAt: minutesFromNow(1100) };
  expect((await dispatch("POST", "/shifts", { ...doubled, ...touching })).status).toBe(201);
  const backwards = { startsAt: later.endsAt, endsAt: later.startsAt };
  expect([400, 422]).toContain((await dispatch("POST", "/shifts", { ...doubled, ...backwards })).status);
});

test("unknown and foreign ids are 422 in a body, with their path, and 404 in a path", async () => {
  const { admin, dispatch } = await aWorkingAgency();
  const stranger = await aWorkingAgency();
  const times = { startsAt: minutesFromNow(600), endsAt: minutesFromNow(700) };
  const mine = rowOf(await admin("POST", "/vehicles", { vehicleNo: "55", type: "car" })).id;
  for (const foreign of [stranger.vehicle.id, newId()]) {
    const bad: [string, object, string][] = [
      ["/shifts", { ...times, vehicleId: foreign }, "vehicleId"],
      ["/shifts", { ...times, vehicleId: mine, crew: [foreign] }, "crew.0"],
      ["/devices", { label: "x", vehicleId: foreign }, "vehicleId"],
      ["/vehicles", { vehicleNo: "56", type: "car", baseId: foreign }, "baseId"],
    ];
    for (const [path, body, field] of bad) {
      const answer = await admin("POST", path, body);
      expect([path, field, answer.status]).toEqual([path, field, 422]);
      expect(errorOf(answer).reasons.map((reason) => reason.path)).toContain(field);
    }
    const trip = await dispatch("POST", "/trips", { ...NEW_TRIP, pickup: { facilityId: foreign } });
    expect([trip.status, errorOf(trip).reasons[0]?.path]).toEqual([422, "pickup.facilityId"]);
  }
  for (const path of [`/vehicles/${stranger.vehicle.id}`, `/shifts/${stranger.shift.id}`]) {
    expect((await admin("GET", path)).status).toBe(404);
    expect((await admin("PATCH", path, { callSign: "x", version: 1 })).status).toBe(404);
    expect((await admin("DELETE", path)).status).toBe(404);
  }
  expect((await stranger.admin("GET", `/vehicles/${stranger.vehicle.id}`)).body).toMatchObject({ inService: true });
});

test("a unit signs on with its odometer, swaps its truck, keeps its call sign, and signs off", async () => {
  const { agencyId, dispatch, admin } = await aWorkingAgency();
  const crew = await aCaller(agencyId, ["crew"]);
  const { shift } = await aUnit(agencyId, [crew.person.id], false);
  const spare = rowOf(await admin("POST", "/vehicles", { vehicleNo: "88", type: "wheelchair_van" }));
  const signedOn = await crew.call("POST", `/shifts/${shift.id}/sign-on`, { odometer: 120_000 });
  expect(signedOn).toMatchObject({ status: 200, body: { id: shift.id, signedOnAt: expect.any(String) } });
  expect((await crew.call("POST", `/shifts/${shift.id}/swap-vehicle`, { vehicleId: spare.id })).status).toBe(403);
  const swapped = await dispatch("POST", `/shifts/${shift.id}/swap-vehicle`, { vehicleId: spare.id });
  expect(swapped).toMatchObject({ status: 200, body: { vehicleId: spare.id, callSign: shift.callSign } });
  const stale = await dispatch("POST", `/shifts/${shift.id}/sign-off`, { version: 1 });
  expect([stale.status, reasonCodes(stale)]).toEqual([409, ["stale"]]);
  const signedOff = await crew.call("POST", `/shifts/${shift.id}/sign-off`);
  expect(signedOff).toMatchObject({ status: 200, body: { signedOffAt: expect.any(String) } });
  const foreign = await dispatch("POST", `/shifts/${shift.id}/swap-vehicle`, { vehicleId: newId() });
  expect([foreign.status, errorOf(foreign).reasons[0]?.path]).toEqual([422, "vehicleId"]);
});

test("availability follows the shift: OFFLINE, ONLINE, BUSY, ON_TRIP", async () => {
  const { agencyId, dispatch, admin } = await aWorkingAgency();
  const crew = await aCaller(agencyId, ["crew"]);
  const { shift, vehicle } = await aUnit(agencyId, [crew.person.id], false);
  const shown = async () => rowOf(await admin("GET", `/vehicles/${vehicle.id}`)).availability;
  const put = (state: string) => crew.call("PUT", "/me/availability", { state });
  expect(await shown()).toBe("OFFLINE");
  expect((await put("online")).status).toBe(200);
  expect(await shown()).toBe("ONLINE");
  expect((await put("break")).status).toBe(200);
  expect(await shown()).toBe("BUSY");
  expect((await put("online")).status).toBe(200);
  const { id } = rowOf(await dispatch("POST", "/trips", NEW_TRIP));
  expect((await dispatch("POST", `/trips/${id}/assign`, { shiftId: shift.id, mode: "reserve" })).status).toBe(200);
  expect(await shown()).toBe("ONLINE");
  expect((await dispatch("POST", `/trips/${id}/assign`, { shiftId: shift.id, mode: "dispatch" })).status).toBe(200);
  expect(await shown()).toBe("ON_TRIP");
  expect((await dispatch("POST", `/trips/${id}/cancel`, { reason: "not needed" })).status).toBe(200);
  expect((await put("offline")).status).toBe(200);
  expect(await shown()).toBe("OFFLINE");
  const idle = await aCaller(agencyId, ["crew"]);
  expect((await idle.call("PUT", "/me/availability", { state: "online" })).status).toBe(422);
});
