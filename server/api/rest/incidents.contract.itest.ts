import { expect, test } from "vitest";
import { itemsOf, NEW_TRIP, reasonCodes, rowOf, useCallers } from "@/db/testing/callers";
import { useTestDatabase } from "@/db/testing/database";
import { newId } from "@/server/ids";

const database = useTestDatabase();
const { aPartner, aWorkingAgency } = useCallers(database);

test("an incident groups trips over REST: opened, attached, detached, closed", async () => {
  const { dispatch } = await aWorkingAgency();
  const book = async () => rowOf(await dispatch("POST", "/trips", NEW_TRIP)).id;
  const [first, second] = [await book(), await book()];
  const opened = await dispatch("POST", "/incidents", { tripId: first, notes: "two cars" });
  expect(opened).toMatchObject({
    status: 201,
    body: { number: expect.stringMatching(/^I-\d{5}$/), notes: "two cars", trips: [{ id: first }], closedAt: null },
  });
  const { id } = rowOf(opened);
  expect(await dispatch("GET", `/trips/${first}`)).toMatchObject({ body: { incidentId: id } });
  expect((await dispatch("POST", "/incidents", { tripId: first })).status).toBe(409);
  const both = await dispatch("POST", `/incidents/${id}/attach`, { tripId: second });
  expect(both).toMatchObject({ status: 200, body: { trips: [{}, {}] } });
  expect((await dispatch("POST", `/incidents/${id}/attach`, { tripId: newId() })).status).toBe(404);
  const one = await dispatch("POST", `/incidents/${id}/detach`, { tripId: second });
  expect(one).toMatchObject({ status: 200, body: { trips: [{ id: first }] } });
  const early = await dispatch("POST", `/incidents/${id}/close`, {});
  expect([early.status, reasonCodes(early)]).toEqual([422, ["trip_open"]]);
  await dispatch("POST", `/trips/${first}/cancel`, { reason: "called off" });
  expect(await dispatch("POST", `/incidents/${id}/close`, {})).toMatchObject({
    status: 200,
    body: { closedAt: expect.any(String) },
  });
  expect(itemsOf(await dispatch("GET", "/incidents?status=open"))).toEqual([]);
  expect(itemsOf(await dispatch("GET", "/incidents"))).toMatchObject([{ id }]);
  expect(itemsOf(await dispatch("GET", "/incidents?status=closed"))).toMatchObject([{ id }]);
  const { number } = rowOf(opened);
  expect(itemsOf(await dispatch("POST", "/incidents/search", { q: number }))).toMatchObject([{ id }]);
  expect(itemsOf(await dispatch("POST", "/incidents/search", { q: number, status: "open" }))).toEqual([]);
  expect((await dispatch("POST", "/incidents/search", { q: "" })).status).toBe(400);
});

test("a crew, a partner's key and another agency get no incident", async () => {
  const { admin, dispatch, drive } = await aWorkingAgency();
  const { id } = rowOf(await dispatch("POST", "/incidents", {}));
  const { call } = await aPartner(admin, ["trips:read", "trips:write"]);
  for (const caller of [drive, call]) {
    expect((await caller("GET", `/incidents/${id}`)).status).toBe(403);
    expect((await caller("POST", "/incidents", {})).status).toBe(403);
    expect((await caller("POST", "/incidents/search", {})).status).toBe(403);
  }
  const other = await aWorkingAgency();
  expect((await other.dispatch("GET", `/incidents/${id}`)).status).toBe(404);
  expect((await other.dispatch("POST", `/incidents/${id}/close`, {})).status).toBe(404);
});
