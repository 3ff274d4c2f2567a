import { expect, test } from "vitest";
import { errorOf, itemsOf, NEW_TRIP, reasonCodes, rowOf, useCallers } from "@/db/testing/callers";
import { useTestDatabase } from "@/db/testing/database";
import { newId } from "@/server/ids";

const database = useTestDatabase();
const { aCaller, aUnit, aWorkingAgency } = useCallers(database);
const at = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();

/** An agency at work, with short words for the steps of a trip. */
async function aScene() {
  const scene = await aWorkingAgency();
  const { dispatch, drive, shift } = scene;
  const book = async (over = {}) => rowOf(await dispatch("POST", "/trips", { ...NEW_TRIP, ...over })).id;
  const assign = (id: string, body: object = {}) =>
    dispatch("POST", `/trips/${id}/assign`, { shiftId: shift.id, mode: "dispatch", ...body });
  const press = (id: string, status: string, body: object = {}) =>
    drive("POST", `/trips/${id}/status`, { status, ...body });
  const sent = async (over = {}) => {
    const id = await book(over);
    expect((await assign(id)).status).toBe(200);
    return id;
  };
  return { ...scene, book, assign, press, sent };
}

test("assigning answers with the trip: its unit, how it was told, a new channel", async () => {
  const { dispatch, book, vehicle, shift } = await aScene();
  const id = await book();
  const before = rowOf(await dispatch("GET", `/trips/${id}`));
  const held = await dispatch("POST", `/trips/${id}/assign`, { vehicleId: vehicle.id, mode: "reserve" });
  expect(held).toMatchObject({ status: 200, body: { status: "reserved", publicStatus: "PENDING" } });
  const sent = await dispatch("POST", `/trips/${id}/assign`, { vehicleId: vehicle.id, mode: "dispatch" });
  expect(sent).toMatchObject({
    status: 200,
    body: {
      status: "dispatched",
      publicStatus: "PENDING",
      assignment: {
        id: expect.any(String),
        shiftId: shift.id,
        vehicleId: vehicle.id,
        callSign: shift.callSign,
        mode: "dispatch",
        status: "dispatched",
        delivery: { sentAt: expect.any(String), onPhoneAt: null, seenAt: null },
      },
      times: { dispatchedAt: expect.any(String), acknowledgedAt: null },
      channel: expect.stringMatching(new RegExp(`^private-trip\\.${id}\\.\\d+$`)),
    },
  });
  expect(rowOf(sent).channel).not.toBe(before.channel);
});

test("a busy unit is 409 unit_busy; stack queues behind it untold, aboard shares the ride", async () => {
  const { dispatch, book, assign, sent, shift } = await aScene();
  const first = await sent();
  const second = await book();
  const busy = await assign(second);
  expect([busy.status, errorOf(busy).code]).toEqual([409, "unit_busy"]);
  expect(rowOf(await dispatch("GET", `/trips/${second}`)).assignment).toBeNull();
  const stacked = await assign(second, { mode: "stack" });
  expect(stacked).toMatchObject({
    status: 200,
    body: { status: "reserved", assignment: { mode: "stack", shiftId: shift.id, delivery: { sentAt: null } } },
  });
  expect(rowOf(await dispatch("GET", `/trips/${first}`)).status).toBe("dispatched");
  const walker = await book({ level: "ambulatory" });
  expect(await assign(walker, { mode: "aboard" })).toMatchObject({
    status: 200,
    body: { status: "dispatched", assignment: { mode: "aboard", delivery: { sentAt: expect.any(String) } } },
  });
});

test("blockers are 422 with stable codes, all of them, and an override with a reason passes what may be passed", async () => {
  const { dispatch, book, assign, agencyId, admin } = await aScene();
  const codes = async (id: string, body: object) => {
    const answer = await assign(id, body);
    return [answer.status, ...reasonCodes(answer).sort()];
  };
  const als = await book({ level: "als" });
  expect(await codes(als, {})).toEqual([422, "level_unmet", "places_full"]);
  const { shift: off } = await aUnit(agencyId, [], false);
  expect(await codes(await book(), { shiftId: off.id })).toEqual([422, "off_shift"]);
  const broken = await aUnit(agencyId);
  await admin("PATCH", `/vehicles/${broken.vehicle.id}`, { inService: false, version: broken.vehicle.version });
  expect(await codes(await book(), { shiftId: broken.shift.id })).toContain("out_of_service");
  const trip = await book();
  const parked = rowOf(await admin("POST", "/vehicles", { vehicleNo: "66", type: "wheelchair_van" })).id;
  const unmanned = await dispatch("POST", `/trips/${trip}/assign`, { vehicleId: parked, mode: "dispatch" });
  expect([unmanned.status, reasonCodes(unmanned)]).toEqual([422, ["off_shift"]]);
  for (const unit of [{ vehicleId: newId() }, { shiftId: newId() }]) {
    const unknown = await dispatch("POST", `/trips/${trip}/assign`, { ...unit, mode: "dispatch" });
    expect([unknown.status, errorOf(unknown).reasons[0]?.path]).toEqual([422, Object.keys(unit)[0]]);
  }
  expect((await assign(als, { override: {} })).status).toBe(400);
});

test("a stale version or a lost race is 409 and nothing is lost", async () => {
  const { dispatch, book, assign, agencyId } = await aScene();
  const id = await book();
  const stale = await assign(id, { version: 99 });
  expect([stale.status, errorOf(stale).reasons[0]]).toEqual([
    409,
    expect.objectContaining({ path: "version", code: "stale", current: expect.objectContaining({ id }) }),
  ]);
  const other = await aUnit(agencyId);
  const answers = await Promise.all([assign(id, { version: 1 }), assign(id, { version: 1, shiftId: other.shift.id })]);
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
  expect(rowOf(await dispatch("GET", `/trips/${id}`)).assignments).toHaveLength(1);
});

test("two trips for one free unit at once: one is sent, the other is told that it is busy", async () => {
  const { book, assign } = await aScene();
  const ids = [await book(), await book()];
  const answers = await Promise.all(ids.map((id) => assign(id)));
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
});

test("statuses go forward in our words or the public ones; what was skipped stays empty and is named", async () => {
  const { press, sent } = await aScene();
  const id = await sent();
  const walk: [string, string, string][] = [
    ["EN_ROUTE", "en_route", "EN_ROUTE"],
    ["at_pickup", "at_pickup", "ARRIVED"],
    ["IN_PROGRESS", "loaded", "IN_PROGRESS"],
    ["COMPLETED", "completed", "COMPLETED"],
  ];
  for (const [said, status, publicStatus] of walk) {
    expect(await press(id, said)).toMatchObject({ status: 200, body: { status, publicStatus } });
  }
  const again = await press(id, "COMPLETED");
  expect(again).toMatchObject({
    status: 200,
    body: {
      outcome: "transported",
      times: { acknowledgedAt: null, atDropoffAt: null, completedAt: expect.any(String) },
    },
  });
  expect(rowOf(again).missed).toEqual(["acknowledged", "at_dropoff"]);
  expect(rowOf(again).times).toMatchObject({ clearedAt: expect.any(String) });
});

test("the same status again is 200 without a new event; backwards is 422 with the allowed ones", async () => {
  const { dispatch, press, sent } = await aScene();
  const id = await sent();
  const arrived = rowOf(await press(id, "ARRIVED"));
  const events = async () => itemsOf(await dispatch("GET", `/trips/${id}/events`)).length;
  const before = await events();
  const again = await press(id, "at_pickup");
  expect([again.status, rowOf(again).version, await events()]).toEqual([200, arrived.version, before]);
  const back = await press(id, "EN_ROUTE");
  expect(back.status).toBe(422);
  expect(JSON.stringify(errorOf(back).reasons)).toMatch(/loaded/);
  expect(rowOf(await dispatch("GET", `/trips/${id}`)).status).toBe("at_pickup");
});

test("a trip that was not sent to anybody takes no status", async () => {
  const { dispatch, book, assign } = await aScene();
  const id = await book();
  expect((await dispatch("POST", `/trips/${id}/status`, { status: "EN_ROUTE" })).status).toBe(422);
  await assign(id, { mode: "reserve" });
  expect((await dispatch("POST", `/trips/${id}/status`, { status: "EN_ROUTE" })).status).toBe(422);
});

test("a clock is never ahead by over two minutes nor before the one before it", async () => {
  const { press, sent } = await aScene();
  const id = await sent();
  expect((await press(id, "EN_ROUTE", { at: at(3) })).status).toBe(422);
  expect((await press(id, "EN_ROUTE", { at: at(-600) })).status).toBe(422);
  expect((await press(id, "EN_ROUTE", { at: "soon" })).status).toBe(400);
  const ahead = await press(id, "EN_ROUTE", { at: at(1) });
  expect(ahead.status).toBe(200);
  expect((await press(id, "ARRIVED", { at: at(0) })).status).toBe(422);
});

test("loading needs a drop-off, which may follow later", async () => {
  const { dispatch, press, sent } = await aScene();
  const id = await sent({ dropoff: undefined });
  await press(id, "ARRIVED");
  const refused = await press(id, "loaded");
  expect([refused.status, reasonCodes(refused)]).toEqual([422, ["no_destination"]]);
  const { version } = rowOf(await dispatch("GET", `/trips/${id}`));
  expect((await dispatch("PATCH", `/trips/${id}`, { dropoff: NEW_TRIP.dropoff, version })).status).toBe(200);
  expect((await press(id, "IN_PROGRESS")).status).toBe(200);
});

test("a client's event id is unique for ever: a repeated press changes nothing", async () => {
  const { dispatch, press, sent } = await aScene();
  const id = await sent();
  const body = { clientEventId: newId(), position: { lat: 40.6, lon: -89.4, accuracyM: 5 }, odometer: 1200.4 };
  const first = rowOf(await press(id, "EN_ROUTE", body));
  await press(id, "ARRIVED");
  const again = await press(id, "EN_ROUTE", body);
  expect([again.status, rowOf(again).status]).toEqual([200, "at_pickup"]);
  expect(rowOf(again).times).toMatchObject({ enRouteAt: (first.times as { enRouteAt: string }).enRouteAt });
  const events = itemsOf(await dispatch("GET", `/trips/${id}/events`));
  expect(events.filter(({ status }) => status === "en_route")).toHaveLength(1);
});

test("a crew acts on its own trips only; who held it then may still report late", async () => {
  const { dispatch, drive, press, sent, assign, agencyId } = await aScene();
  const id = await sent();
  const stranger = await aCaller(agencyId, ["crew"]);
  const foreign = await stranger.call("POST", `/trips/${id}/status`, { status: "EN_ROUTE" });
  expect([403, 404]).toContain(foreign.status);
  expect((await drive("POST", `/trips/${id}/assign`, { mode: "dispatch" })).status).toBe(403);
  const pressedAt = new Date().toISOString();
  const other = await aUnit(agencyId);
  await dispatch("POST", `/trips/${id}/unassign`, { reason: "nearer unit" });
  await assign(id, { shiftId: other.shift.id });
  const late = await press(id, "EN_ROUTE", { at: pressedAt, clientEventId: newId() });
  expect(late.status).toBe(200);
  expect(rowOf(await dispatch("GET", `/trips/${id}`)).assignment).toMatchObject({ shiftId: other.shift.id });
});

test("unassigning, cancelling and completing change the channel, so a former listener hears nothing more", async () => {
  const { dispatch, press, sent, assign } = await aScene();
  const channel = async (id: string) => rowOf(await dispatch("GET", `/trips/${id}`)).channel as string;
  const one = await sent();
  const told = await channel(one);
  expect(await dispatch("POST", `/trips/${one}/unassign`, { reason: "flat tyre" })).toMatchObject({
    status: 200,
    body: { status: "requested", assignment: null, assignments: [{ status: "ended", endReason: "unassigned" }] },
  });
  const taken = await channel(one);
  expect(taken).not.toBe(told);
  await assign(one);
  await press(one, "EN_ROUTE");
  const underWay = await channel(one);
  expect(underWay).not.toBe(taken);
  const cancelled = await dispatch("POST", `/trips/${one}/cancel`, { reason: "called off" });
  expect(cancelled).toMatchObject({
    status: 200,
    body: { status: "cancelled", publicStatus: "CANCELLED", outcome: "cancelled_en_route", assignment: null },
  });
  expect(await channel(one)).not.toBe(underWay);
  const two = await sent();
  await press(two, "IN_PROGRESS");
  const loaded = await channel(two);
  await press(two, "COMPLETED");
  expect(await channel(two)).not.toBe(loaded);
});

test("cancelling needs a reason, also by a partner, and a closed trip moves no more", async () => {
  const { dispatch, book, assign } = await aScene();
  const id = await book();
  expect((await dispatch("POST", `/trips/${id}/cancel`, {})).status).toBe(400);
  const closed = await dispatch("POST", `/trips/${id}/cancel`, { reason: "by phone" });
  expect(closed.body).toMatchObject({ outcome: "cancelled_before_dispatch" });
  for (const again of [await assign(id), await dispatch("POST", `/trips/${id}/status`, { status: "EN_ROUTE" })]) {
    expect([409, 422]).toContain(again.status);
  }
  const { version } = rowOf(closed);
  expect([409, 422]).toContain((await dispatch("PATCH", `/trips/${id}`, { needs: [], version })).status);
});

test("a wrong press is taken back or set right with a reason, and the old value stays in the events", async () => {
  const { dispatch, press, sent } = await aScene();
  const id = await sent();
  await press(id, "EN_ROUTE");
  await press(id, "ARRIVED");
  const before = itemsOf(await dispatch("GET", `/trips/${id}/events`)).length;
  expect((await dispatch("POST", `/trips/${id}/correct`, { event: "at_pickup" })).status).toBeGreaterThanOrEqual(400);
  const undone = await dispatch("POST", `/trips/${id}/correct`, { event: "at_pickup", reason: "wrong button" });
  expect(undone).toMatchObject({ status: 200, body: { status: "en_route", times: { atPickupAt: null } } });
  const events = itemsOf(await dispatch("GET", `/trips/${id}/events`));
  expect(events.length).toBe(before + 1);
  expect(events.filter(({ kind }) => kind === "corrected")).toHaveLength(1);
});

test("candidates are ranked with their reasons, the others come with their blockers", async () => {
  const { dispatch, book, shift, agencyId } = await aScene();
  const off = await aUnit(agencyId, [], false);
  const answer = await dispatch("GET", `/trips/${await book()}/candidates`);
  expect(answer.status).toBe(200);
  const { items, rejected } = answer.body as Record<"items" | "rejected", Record<string, unknown>[]>;
  expect(rejected).toContainEqual(
    expect.objectContaining({
      shiftId: off.shift.id,
      vehicleId: off.vehicle.id,
      callSign: off.shift.callSign,
      blockers: [expect.objectContaining({ code: "off_shift", message: expect.any(String) })],
    }),
  );
  const [best = {}] = items;
  expect(best.shiftId).toBe(shift.id);
  expect(Object.keys(best)).toEqual(
    expect.arrayContaining(["shiftId", "vehicleId", "callSign", "score", "etaS", "distanceM", "reasons"]),
  );
});

test("another unit helps with a status of its own, and is sent home; a crew and a stranger may not send it", async () => {
  const { agencyId, dispatch, drive, press, sent } = await aScene();
  const id = await sent();
  const { shift } = await aUnit(agencyId);
  const body = { shiftId: shift.id, role: "assist" };
  const added = await dispatch("POST", `/trips/${id}/support`, body);
  expect(added).toMatchObject({ status: 200, body: { status: "dispatched", assignment: { role: "transport" } } });
  const [support] = itemsOf({ ...added, body: { items: rowOf(added).assignments } }).filter(
    ({ role }) => role === "assist",
  );
  expect(support).toMatchObject({ shiftId: shift.id, status: "dispatched", current: true });
  const { id: assignmentId } = rowOf({ ...added, body: support });
  await press(id, "EN_ROUTE");
  const told = await dispatch("POST", `/trips/${id}/status`, { status: "at_pickup", assignmentId });
  expect(told).toMatchObject({ status: 200, body: { status: "en_route" } });
  expect((await drive("POST", `/trips/${id}/support`, body)).status).toBe(403);
  const other = await aWorkingAgency();
  expect((await other.dispatch("POST", `/trips/${id}/support`, body)).status).toBe(404);
  expect((await dispatch("POST", `/trips/${id}/support`, { ...body, role: "transport" })).status).toBe(400);
  const release = `/trips/${id}/support/${assignmentId}/release`;
  expect((await drive("POST", release, {})).status).toBe(403);
  const gone = await dispatch("POST", release, { reason: "not needed" });
  expect(gone).toMatchObject({ status: 200, body: { status: "en_route" } });
  expect((await dispatch("POST", `/trips/${id}/support/${newId()}/release`, {})).status).toBe(404);
});
