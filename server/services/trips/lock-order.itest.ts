import { expect, test } from "vitest";
import { useTestDatabase } from "@/db/testing/database";
import { aCall, aDispatch, later } from "@/db/testing/dispatch";
import { AppError } from "@/server/errors";
import { setUnitState } from "@/server/services/units/set-unit-state";
import { assignTrip } from "./assign-trip";
import { cancelTrip } from "./cancel-trip";
import { editTrip } from "./edit-trip";
import { refreshUnderWay } from "./refresh-under-way";
import { reportStatus } from "./report-status";
import { swapUnit } from "./swap-unit";

const database = useTestDatabase();

const deadlocks = async () => {
  await database.sql`select pg_stat_force_next_flush()`;
  const [row] = await database.sql`select deadlocks::int from pg_stat_database where datname = current_database()`;
  return Number(row?.deadlocks);
};

/** Every call is carried out or refused by a rule; none fails. */
const expectMeant = (settled: PromiseSettledResult<unknown>[]) => {
  for (const one of settled) if (one.status === "rejected") expect(one.reason).toBeInstanceOf(AppError);
};

test("units that are swapped against each other never wait in a circle", async () => {
  const { dispatcher, units } = await aDispatch(database, 2);
  const [a = "", b = ""] = units.map(({ shift }) => shift.id);
  const [first, second] = [await aCall(dispatcher), await aCall(dispatcher)];
  await assignTrip(dispatcher, { tripId: first.id, shiftId: a, mode: "reserve" });
  await assignTrip(dispatcher, { tripId: second.id, shiftId: b, mode: "reserve" });
  const swap = (tripId: string, shiftId: string) => swapUnit(dispatcher, { tripId, shiftId, reason: "test" });
  for (let round = 0; round < 10; round++) {
    const [to, from] = round % 2 === 0 ? [b, a] : [a, b];
    const settled = await Promise.allSettled([swap(first.id, to), swap(second.id, from)]);
    expect(settled.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled"]);
  }
  expect(await deadlocks()).toBe(0);
});

test("trips of one unit that are changed, finished and queued at once never wait in a circle", async () => {
  const { dispatcher, shift } = await aDispatch(database);
  for (let round = 0; round < 8; round++) {
    const at = later(dispatcher, round);
    const trips = await Promise.all(Array.from({ length: 4 }, () => aCall(at)));
    const [now = "", next = "", third = "", fourth = ""] = trips.map(({ id }) => id);
    await assignTrip(at, { tripId: now, shiftId: shift.id, mode: "dispatch" });
    for (const tripId of [next, third]) await assignTrip(at, { tripId, shiftId: shift.id, mode: "stack" });
    const settled = await Promise.allSettled([
      cancelTrip(at, { tripId: now, reason: "test" }),
      editTrip(at, { tripId: next, version: 2, pickup: { lat: 40.6, lon: -89.3, address: "1 Way" } }),
      editTrip(at, { tripId: third, version: 2, needs: ["oxygen"] }),
      assignTrip(at, { tripId: fourth, shiftId: shift.id, mode: "stack" }),
      setUnitState(at, { shiftId: shift.id, state: "delayed" }),
      setUnitState(at, { shiftId: shift.id, state: "available" }),
      reportStatus(at, { tripId: now, status: "EN_ROUTE" }),
      refreshUnderWay(at),
    ]);
    expectMeant(settled);
    for (const tripId of [now, next, third, fourth]) {
      await cancelTrip(at, { tripId, reason: "test" }).catch((error: unknown) =>
        expect(error).toBeInstanceOf(AppError),
      );
    }
    await setUnitState(at, { shiftId: shift.id, state: "available" });
  }
  expect(await deadlocks()).toBe(0);
});
