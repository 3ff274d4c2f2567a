import { expect, test } from "vitest";
import { inAgency } from "@/db/client";
import { advancePositionSeqs, takePositionLease } from "@/db/queries/position-leases";
import { useTestDatabase } from "@/db/testing/database";
import { anAgency, aPosition, aUser, aVehicle, minutesAfter, NOW, testCtx } from "@/db/testing/factories";
import { cellOf } from "@/server/domain/positions/frames";
import { occupiedCells } from "./occupied-cells";
import { SnapshotCellsQuery, snapshotCells } from "./snapshot-cells";

const database = useTestDatabase();
const place = { lng: -89.38, lat: 40.62 };
const cell = cellOf({ lat: place.lat, lon: place.lng }, false);
const elsewhere = cellOf({ lat: 41.9, lon: -87.6 }, false);

test("a snapshot holds each asked cell with its number and its units, and nothing of another agency", async () => {
  const [mine, theirs] = [await anAgency(database.owner), await anAgency(database.owner)];
  const user = await aUser(database.owner, mine.id);
  const [vehicle, former] = [
    await aVehicle(database.owner, mine.id),
    await aVehicle(database.owner, mine.id, { deactivatedAt: NOW }),
  ];
  const stranger = await aVehicle(database.owner, theirs.id);
  await aPosition(database.owner, mine.id, vehicle.id, {
    location: place,
    takenAt: minutesAfter(NOW, -1),
    speedMps: 3,
  });
  await aPosition(database.owner, mine.id, former.id, { location: place });
  await aPosition(database.owner, theirs.id, stranger.id, { location: place });
  await inAgency(database.db, { agencyId: mine.id }, async (tx) => {
    const term = await takePositionLease(tx, mine.id, "p1", 10_000);
    await advancePositionSeqs(tx, mine.id, { holder: "p1", term: term ?? 0, leaseMs: 10_000 }, new Map([[cell, 7]]));
  });
  expect(await occupiedCells(testCtx(database.db, user))).toEqual([cell]);
  const row = [vehicle.vehicleNo, -8_938_000, 4_062_000, -1, 30, 60];
  expect(await snapshotCells(testCtx(database.db, user), { cells: [cell, elsewhere, "all"] })).toEqual({
    t: NOW.getTime(),
    cells: { [cell]: { seq: 7, v: [row] }, [elsewhere]: { seq: 0, v: [] }, all: { seq: 0, v: [row] } },
  });
});

test("only cells of the channels' resolution may be asked for", () => {
  expect(SnapshotCellsQuery.parse({ cells: `${cell},all` })).toEqual({ cells: [cell, "all"] });
  for (const cells of ["", "everything", "87283472bffffff", `${cell},x`]) {
    expect(SnapshotCellsQuery.safeParse({ cells }).success).toBe(false);
  }
});
