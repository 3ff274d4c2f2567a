import { asc, eq, getTableColumns } from "drizzle-orm";
import { expect, test } from "vitest";
import { readInAgency } from "@/db/client";
import { positionHistory } from "@/db/schema";
import { useTestDatabase } from "@/db/testing/database";
import { anAgency, aVehicle } from "@/db/testing/factories";
import { newId } from "@/server/ids";
import { type HistoryRange, type HistoryRow, hotHistory } from "./history";

const database = useTestDatabase();
const now = new Date();
const ago = (ms: number) => new Date(now.getTime() - ms);

/** A vehicle's fixes of two devices and two shifts, some with all readings, some with none, two at one moment. */
async function aMixedTrail() {
  const { id: agencyId } = await anAgency(database.owner);
  const { id: vehicleId } = await aVehicle(database.owner, agencyId);
  const [tracker, phone, shift] = [newId(), newId(), newId()];
  const bare = { accuracyM: null, speedMps: null, headingDeg: null, altitudeM: null, batteryPct: null, charging: null };
  const readings = {
    accuracyM: 4.7,
    speedMps: 11.1,
    headingDeg: 359.9,
    altitudeM: -3.25,
    batteryPct: 0,
    charging: true,
  };
  const fix = (n: number, row: Partial<HistoryRow>): HistoryRow => ({
    takenAtMs: ago(600_000 - n * 1_001).getTime(),
    receivedAtMs: ago(599_000 - n * 1_003).getTime(),
    latE7: 406_200_000 + n,
    lonE7: -893_800_000 - n,
    ...bare,
    deviceId: tracker,
    shiftId: null,
    ...row,
  });
  const rows = [
    fix(0, {}),
    fix(1, { ...readings, shiftId: shift }),
    fix(2, { deviceId: phone, shiftId: shift, speedMps: 1e-7, charging: false }),
    fix(3, { latE7: -900_000_000, lonE7: 1_799_999_999, accuracyM: 123_456.79 }),
    fix(3, { latE7: -899_999_999, deviceId: phone, batteryPct: 55.5 }),
    fix(4, { shiftId: shift, headingDeg: 0.1 }),
  ];
  // Stored in another order than they are read in.
  const stored = rows.toReversed().map(({ takenAtMs, receivedAtMs, ...row }) => ({
    agencyId,
    vehicleId,
    takenAt: new Date(takenAtMs),
    receivedAt: new Date(receivedAtMs),
    ...row,
  }));
  await database.owner.insert(positionHistory).values(stored);
  const range = { from: ago(3_600_000), to: now, limit: 100 };
  const ask = (wanted: Partial<HistoryRange> = {}) =>
    readInAgency(database.db, { agencyId }, (tx) => hotHistory(tx, agencyId, vehicleId, { ...range, ...wanted }));
  return { agencyId, vehicleId, rows, ask };
}

test("a history says what its rows say, in order, whoever sent them and whatever they leave out", async () => {
  const { vehicleId, rows, ask } = await aMixedTrail();
  const { takenAt, latE7, lonE7 } = positionHistory;
  const { agencyId: _agency, vehicleId: _vehicle, ...columns } = getTableColumns(positionHistory);
  const plain = await database.owner
    .select(columns)
    .from(positionHistory)
    .where(eq(positionHistory.vehicleId, vehicleId))
    .orderBy(asc(takenAt), asc(latE7), asc(lonE7));
  const said = plain.map(({ takenAt: taken, receivedAt: received, ...row }) => ({
    takenAtMs: taken.getTime(),
    receivedAtMs: received.getTime(),
    ...row,
  }));
  expect(await ask()).toEqual(said);
  expect(await ask({ all: true })).toEqual(said);
  expect(said).toEqual(rows);
});

test("a part of it begins after a fix, ends at a count and keeps to its range", async () => {
  const { rows, ask } = await aMixedTrail();
  expect(await ask({ limit: 2 })).toEqual(rows.slice(0, 2));
  expect(await ask({ after: rows[3], limit: 2 })).toEqual(rows.slice(4));
  expect(await ask({ from: new Date(rows[1]?.takenAtMs ?? 0), to: new Date(rows[3]?.takenAtMs ?? 0) })).toEqual(
    rows.slice(1, 3),
  );
  expect(await ask({ from: ago(1_000) })).toEqual([]);
});

test("another agency sees nothing of it", async () => {
  const { vehicleId } = await aMixedTrail();
  const { id: stranger } = await anAgency(database.owner);
  const range = { from: ago(3_600_000), to: now, limit: 100 };
  const seen = readInAgency(database.db, { agencyId: stranger }, (tx) => hotHistory(tx, stranger, vehicleId, range));
  expect(await seen).toEqual([]);
});
