import { expect, test } from "@playwright/test";
import { aListener, aPerson, aUnit, type Json, restAs, send, signInBy } from "./rest";

type Trip = { id: string; version: number; channel: string; status: string };
const NEW_TRIP = { level: "wheelchair", pickup: { lat: 40.62, lon: -89.38 }, dropoff: { lat: 40.66, lon: -89.33 } };

async function aScene() {
  const admin = await signInBy("admin@demo.test");
  const [unit, person] = [await aUnit(admin.token), await aPerson(admin.token, "dispatcher")];
  const dispatch = restAs(person.token);
  const act = async (path: string, body: Json) => {
    const answer = await dispatch("POST", path, body);
    expect(answer.status, `${path}: ${answer.text}`).toBeLessThan(300);
    return answer.body as Trip;
  };
  const sendUnit = async () => {
    const { id } = await act("/trips", NEW_TRIP);
    return act(`/trips/${id}/assign`, { shiftId: unit.shiftId, mode: "dispatch" });
  };
  return {
    ...unit,
    person,
    dispatch,
    act,
    sendUnit,
    agency: `private-agency.${admin.agencyId}`,
    agencyId: admin.agencyId,
  };
}

test("a status is heard within a second, on the agency's channel and the trip's, with ids alone", async () => {
  const { person, driver, agency, sendUnit } = await aScene();
  const trip = await sendUnit();
  const listener = await aListener(person.token);
  expect([await listener.subscribe(agency), await listener.subscribe(trip.channel)]).toEqual([true, true]);
  const pressed = await restAs(driver.token)("POST", `/trips/${trip.id}/status`, { status: "EN_ROUTE" });
  const answeredAt = Date.now();
  const heard = (event: string) => listener.heard.find((one) => one.event === event && one.data.tripId === trip.id);
  await expect.poll(() => [heard("trip.changed"), heard("status")].every(Boolean)).toBe(true);
  const { version } = pressed.body as Trip;
  expect(heard("trip.changed")?.data).toEqual({ tripId: trip.id, version, status: "en_route" });
  expect(heard("status")?.data).toMatchObject({ version, status: "en_route", publicStatus: "EN_ROUTE" });
  expect((heard("trip.changed")?.atMs ?? Number.POSITIVE_INFINITY) - answeredAt).toBeLessThan(1_000);
  listener.stop();
});

test("a fix is heard as a frame on its agency's position channel, after the snapshot's number", async () => {
  const { person, agencyId, deviceToken, vehicleNo } = await aScene();
  const { body: settings } = await send("GET", "/api/v1/realtime", { token: person.token });
  expect(Object.keys(settings)).toEqual(expect.arrayContaining(["key", "host", "port", "tls", "res"]));
  const listener = await aListener(person.token);
  expect(await listener.subscribe(`private-pos.${agencyId}.${settings.res as number}.all`)).toBe(true);
  const snapshot = await send("GET", "/api/v1/positions/snapshot?cells=all", { token: person.token });
  const { seq } = (snapshot.body.cells as Record<string, { seq: number }>).all ?? { seq: -1 };
  const body = { lat: 40.61234, lon: -89.43211, headingDeg: 90, speedMps: 12.3 };
  expect((await send("POST", "/api/v1/positions", { token: deviceToken, body })).status).toBe(202);
  type Frame = { seq: number; t: number; v: unknown[][]; gone: string[] };
  const frames = () => listener.heard.filter(({ event }) => event === "positions").map(({ data }) => data as Frame);
  const mine = () => frames().find(({ v }) => v.some(([no]) => no === vehicleNo));
  await expect.poll(() => mine() !== undefined).toBe(true);
  const row = mine()?.v.find(([no]) => no === vehicleNo);
  expect(row).toEqual([vehicleNo, -8943211, 4061234, 90, 123, expect.any(Number)]);
  expect(mine()?.seq).toBeGreaterThan(seq);
  expect(mine()?.gone).toEqual([]);
  listener.stop();
});

test("a channel is signed for whom it is: not another agency's, not an old epoch, not for a crew or a stranger", async () => {
  const { person, driver, agency, agencyId, sendUnit, act } = await aScene();
  const stranger = await signInBy("dispatcher@other.test");
  const trip = await sendUnit();
  const epochs = [trip.channel];
  for (const [verb, body] of [
    ["unassign", { reason: "test" }],
    ["cancel", { reason: "test" }],
  ] as const) {
    epochs.push((await act(`/trips/${trip.id}/${verb}`, body)).channel);
  }
  expect(new Set(epochs).size).toBe(3);
  const listener = await aListener(person.token);
  const channels = [
    agency,
    epochs[2],
    epochs[0],
    epochs[1],
    `private-agency.${stranger.agencyId}`,
    "private-x",
    "public",
  ];
  const joined = await Promise.all(channels.slice(0, 6).map((channel) => listener.subscribe(String(channel))));
  expect(joined).toEqual([true, true, false, false, false, false]);
  listener.stop();
  const crew = await aListener(driver.token);
  const other = await aListener(stranger.token);
  expect(await crew.subscribe(agency)).toBe(false);
  expect(await other.subscribe(agency)).toBe(false);
  expect(await other.subscribe(`private-pos.${agencyId}.6.all`)).toBe(false);
  crew.stop();
  other.stop();
});

test("channels are signed for a form, for JSON and for a batch, and for nobody without a token", async () => {
  const { person, agency } = await aScene();
  const ask = (sent: Parameters<typeof send>[2]) =>
    send("POST", "/api/realtime/auth", { token: person.token, ...sent });
  const form = { "content-type": "application/x-www-form-urlencoded" };
  const listener = await aListener(person.token);
  expect(await listener.subscribe(agency)).toBe(true);
  const socket_id = listener.client.connection.socket_id;
  const signature = { auth: expect.stringMatching(/^[^:]+:[0-9a-f]{64}$/) };
  const byForm = await ask({ raw: new URLSearchParams({ socket_id, channel_name: agency }), headers: form });
  expect([byForm.status, byForm.body]).toEqual([200, signature]);
  const byJson = await ask({ body: { socket_id, channel_name: agency } });
  expect([byJson.status, byJson.body]).toEqual([200, signature]);
  const both = new URLSearchParams([
    ["socket_id", socket_id],
    ["channel_name[]", agency],
    ["channel_name[]", "private-x"],
  ]);
  const batch = await ask({ raw: both, headers: form });
  expect([batch.status, batch.body]).toEqual([
    200,
    { [agency]: expect.objectContaining(signature), "private-x": expect.objectContaining({ status: 403 }) },
  ]);
  expect((await ask({ body: { socket_id, channel_name: "private-x" } })).status).toBe(403);
  expect((await ask({ body: { socket_id: "x", channel_name: agency } })).status).toBe(400);
  expect((await ask({ raw: "socket_id", headers: { "content-type": "text/plain" } })).status).toBe(415);
  expect((await send("POST", "/api/realtime/auth", { body: { socket_id, channel_name: agency } })).status).toBe(401);
  listener.stop();
});

test("a person has three live connections: a fourth is refused, and may come when one has left", async () => {
  const { person, agency } = await aScene();
  const listeners = await Promise.all([1, 2, 3, 4].map(() => aListener(person.token)));
  const joined: boolean[] = [];
  for (const { subscribe } of listeners) joined.push(await subscribe(agency));
  expect(joined).toEqual([true, true, true, false]);
  listeners[0]?.stop();
  const again = await aListener(person.token);
  await expect
    .poll(async () => {
      again.client.unsubscribe(agency);
      return again.subscribe(agency);
    })
    .toBe(true);
  for (const { stop } of [...listeners, again]) stop();
});

test("signing out ends the person's connections", async () => {
  const { person, agency } = await aScene();
  const listener = await aListener(person.token);
  expect(await listener.subscribe(agency)).toBe(true);
  expect((await restAs(person.token)("POST", "/auth/logout")).status).toBe(200);
  await expect.poll(() => listener.client.connection.state).not.toBe("connected");
  listener.stop();
});
