import { expect, test } from "vitest";
import { useTestDatabase } from "@/db/testing/database";
import { anAgency, aShift, aVehicle, minutesAfter } from "@/db/testing/factories";
import { aPerson, PASSWORD } from "@/db/testing/people";
import { type Answer, useRest } from "@/db/testing/rest";
import { CLIENT_IP_HEADER } from "@/server/client-address";
import type { Role } from "@/server/context";
import { newId } from "@/server/ids";

const database = useTestDatabase();
const call = useRest(database);
type Trip = { id: string; version: number; status: string; number: string } & Record<string, unknown>;

async function tokenOf(agencyId: string, roles: Role[]) {
  const person = await aPerson(database.owner, { roles, agencyId });
  const body = { email: person.email, password: PASSWORD };
  const answer = await call("POST", "/auth/login", {
    body,
    headers: { [CLIENT_IP_HEADER]: `10.9.${Math.floor(++people / 200)}.${people % 200}` },
  });
  return { person, token: (answer.body as { accessToken: string }).accessToken };
}
let people = 0;

/** An agency that works now: a dispatcher, and a signed-on van with its driver. */
async function aScene() {
  const { id: agencyId } = await anAgency(database.owner);
  const [dispatcher, driver] = [await tokenOf(agencyId, ["dispatcher"]), await tokenOf(agencyId, ["crew"])];
  const vehicle = await aVehicle(database.owner, agencyId, {
    levels: ["wheelchair"],
    places: { ambulatory: 0, wheelchair: 1, stretcher: 0 },
  });
  const now = new Date();
  const times = {
    startsAt: minutesAfter(now, -60),
    endsAt: minutesAfter(now, 400),
    signedOnAt: minutesAfter(now, -60),
  };
  const shift = await aShift(database.owner, agencyId, { vehicleId: vehicle.id, ...times }, [driver.person.id]);
  const as =
    (token: string) =>
    (method: string, path: string, body?: unknown, headers = {}) =>
      call(method, path, { token, body, headers });
  return { agencyId, vehicle, shift, dispatch: as(dispatcher.token), drive: as(driver.token), as };
}
const NEW = {
  level: "wheelchair",
  riderName: "Ada Lovelace",
  pickup: { lat: 40.62, lon: -89.38, address: "12 Hidden Lane" },
  dropoff: { lat: 40.66, lon: -89.33 },
};
const tripOf = (answer: Answer) => answer.body as Trip;
const codesOf = ({ body }: Answer) =>
  (body as { error: { reasons: { code: string }[] } }).error.reasons.map(({ code }) => code);

test("a call goes from POST /trips to COMPLETED with the answers the contract names", async () => {
  const { dispatch, drive, vehicle, shift } = await aScene();
  const booked = await dispatch("POST", "/trips", NEW);
  expect(booked).toMatchObject({
    status: 201,
    body: { status: "requested", publicStatus: "PENDING", assignment: null, assignments: [], missed: [], promised: {} },
  });
  const { id } = tripOf(booked);
  const sent = await dispatch("POST", `/trips/${id}/assign`, { vehicleId: vehicle.id, mode: "dispatch", version: 1 });
  expect(sent).toMatchObject({
    status: 200,
    body: {
      status: "dispatched",
      assignment: {
        shiftId: shift.id,
        vehicleId: vehicle.id,
        callSign: shift.callSign,
        delivery: { sentAt: expect.any(String), onPhoneAt: null, seenAt: null },
      },
    },
  });
  expect(await drive("GET", "/me/trips")).toMatchObject({
    status: 200,
    body: { items: [{ id, riderName: "Ada Lovelace" }], nextCursor: null },
  });
  for (const status of ["EN_ROUTE", "ARRIVED", "IN_PROGRESS", "COMPLETED"]) {
    expect(await drive("POST", `/trips/${id}/status`, { status, clientEventId: `c-${status}` })).toMatchObject({
      status: 200,
      body: { publicStatus: status },
    });
  }
  const done = await dispatch("GET", `/trips/${id}`);
  expect(done).toMatchObject({ status: 200, body: { outcome: "transported", missed: ["acknowledged", "at_dropoff"] } });
  expect(await dispatch("GET", "/trips?status=COMPLETED&limit=1")).toMatchObject({
    body: { items: [{ id }], nextCursor: null },
  });
  expect(await dispatch("GET", `/trips/${id}/events`)).toMatchObject({
    status: 200,
    body: { items: expect.any(Array) },
  });
});

test("what is sent wrong is 400 or 422 with its path, and nothing is stored", async () => {
  const { dispatch } = await aScene();
  const at = (path: string, code: string) => ({
    error: { reasons: expect.arrayContaining([expect.objectContaining({ path, code })]) },
  });
  expect(await dispatch("POST", "/trips", "{nope")).toMatchObject({
    status: 400,
    body: { error: { code: "invalid" } },
  });
  expect(await dispatch("POST", "/trips", { ...NEW, colour: "red" })).toMatchObject({
    status: 400,
    body: at("colour", "unknown_field"),
  });
  expect(await dispatch("POST", "/trips", { ...NEW, pickup: { lat: 91, lon: 0 } })).toMatchObject({ status: 400 });
  expect(await dispatch("POST", "/trips", { ...NEW, pickup: { lat: "40", lon: 0 } })).toMatchObject({ status: 400 });
  expect(await dispatch("POST", "/trips", { ...NEW, level: "rocket" })).toMatchObject({ status: 400 });
  expect(await dispatch("POST", "/trips", { ...NEW, riderName: "A\u0000B" })).toMatchObject({ status: 400 });
  expect(await dispatch("POST", "/trips", { ...NEW, dropoff: { facilityId: newId() } })).toMatchObject({
    status: 422,
    body: at("dropoff.facilityId", "unknown"),
  });
  expect(await dispatch("POST", "/trips", { ...NEW, pickup: { lat: 40, lon: -89, at: "tomorrow" } })).toMatchObject({
    status: 400,
  });
  expect(await dispatch("GET", "/trips?limit=201")).toMatchObject({ status: 400 });
  expect(await dispatch("GET", "/trips?status=nonsense")).toMatchObject({ status: 400 });
  expect(await dispatch("GET", "/trips?from=yesterday")).toMatchObject({ status: 400 });
  expect(await dispatch("GET", "/trips/not-an-id")).toMatchObject({ status: 404 });
  expect(await dispatch("GET", "/trips")).toMatchObject({ body: { items: [] } });
  const odd = { ...NEW, riderName: "Robert'); DROP TABLE trips;-- <script>alert(1)</script>" };
  expect(await dispatch("POST", "/trips", odd)).toMatchObject({ status: 201, body: { riderName: odd.riderName } });
});

test("who may comes before what is sent; other people's trips and agencies are not there", async () => {
  const { dispatch, drive, agencyId, as } = await aScene();
  const { id } = tripOf(await dispatch("POST", "/trips", NEW));
  expect(await drive("POST", "/trips", "{nope")).toMatchObject({ status: 403, body: { error: { code: "forbidden" } } });
  expect(await drive("POST", `/trips/${id}/assign`, { nonsense: 1 })).toMatchObject({ status: 403 });
  expect(await drive("GET", `/trips/${id}`)).toMatchObject({ status: 404 });
  expect(await drive("POST", `/trips/${id}/status`, { status: "EN_ROUTE" })).toMatchObject({ status: 403 });
  const billing = as((await tokenOf(agencyId, ["billing"])).token);
  expect(await billing("GET", `/trips/${id}`)).toMatchObject({ status: 200, body: { riderName: "A. L." } });
  expect(await billing("POST", `/trips/${id}/cancel`, { reason: "x" })).toMatchObject({ status: 403 });
  const stranger = await aScene();
  expect(await stranger.dispatch("GET", `/trips/${id}`)).toMatchObject({ status: 404 });
  expect(await stranger.dispatch("POST", `/trips/${id}/cancel`, { reason: "x" })).toMatchObject({ status: 404 });
  expect(await call("GET", `/trips/${id}`)).toMatchObject({ status: 401 });
});

test("versions, repeated keys, busy units and blockers are answered as the contract says", async () => {
  const { dispatch, vehicle, shift } = await aScene();
  const key = { "idempotency-key": newId() };
  const first = await dispatch("POST", "/trips", NEW, key);
  expect(tripOf(await dispatch("POST", "/trips", NEW, key)).id).toBe(tripOf(first).id);
  expect(await dispatch("POST", "/trips", { ...NEW, level: "als" }, key)).toMatchObject({ status: 422 });
  const { id } = tripOf(first);
  expect(await dispatch("PATCH", `/trips/${id}`, { needs: ["oxygen"] })).toMatchObject({ status: 400 });
  expect(await dispatch("PATCH", `/trips/${id}`, { needs: ["oxygen"], version: 1 })).toMatchObject({
    status: 200,
    body: { version: 2 },
  });
  const stale = await dispatch("PATCH", `/trips/${id}`, { needs: [], version: 1 });
  expect(stale).toMatchObject({
    status: 409,
    body: { error: { reasons: [{ path: "version", code: "stale", current: { id, version: 2, needs: ["oxygen"] } }] } },
  });
  await dispatch("POST", `/trips/${id}/assign`, { shiftId: shift.id, mode: "dispatch" });
  const second = tripOf(await dispatch("POST", "/trips", NEW)).id;
  const busy = await dispatch("POST", `/trips/${second}/assign`, { vehicleId: vehicle.id, mode: "dispatch" });
  expect(busy).toMatchObject({ status: 409, body: { error: { code: "unit_busy" } } });
  const als = tripOf(await dispatch("POST", "/trips", { ...NEW, level: "als" })).id;
  const blocked = await dispatch("POST", `/trips/${als}/assign`, { vehicleId: vehicle.id, mode: "stack" });
  expect([blocked.status, codesOf(blocked)]).toEqual([422, ["level_unmet", "places_full"]]);
  expect(
    await dispatch("POST", `/trips/${id}/assign`, { vehicleId: vehicle.id, shiftId: shift.id, mode: "stack" }),
  ).toMatchObject({ status: 400 });
  const ranked = await dispatch("GET", `/trips/${second}/candidates`);
  expect(ranked).toMatchObject({
    status: 200,
    body: { items: [], rejected: [{ shiftId: shift.id, blockers: [{ code: "busy" }] }] },
  });
});

test("a driver switches its availability, and search text travels in the body", async () => {
  const { dispatch, drive } = await aScene();
  expect(await drive("PUT", "/me/availability", { state: "break" })).toMatchObject({
    status: 200,
    body: { availability: "BUSY" },
  });
  expect(await drive("PUT", "/me/availability", { state: "online" })).toMatchObject({
    status: 200,
    body: { availability: "ONLINE" },
  });
  expect(await drive("PUT", "/me/availability", { state: "flying" })).toMatchObject({ status: 400 });
  expect(await drive("GET", "/me/trips?date=2027-13-01")).toMatchObject({ status: 400 });
  const { id } = tripOf(await dispatch("POST", "/trips", NEW));
  expect(await dispatch("POST", "/trips/search", { q: "lovel" })).toMatchObject({
    status: 200,
    body: { items: [{ id }] },
  });
  expect(await dispatch("GET", "/trips/search?q=lovel")).toMatchObject({ status: 405 });
});
