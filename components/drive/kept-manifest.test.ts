import "fake-indexeddb/auto";
import { beforeEach, expect, test } from "vitest";
import { type DriveDb, openDriveDb } from "./drive-db";
import { forgetManifests, keepManifest, type Manifest, readKeptManifest } from "./kept-manifest";

let db: DriveDb;
let count = 0;
beforeEach(async () => {
  db = await openDriveDb(`kept-${count++}`);
});
const NOW = new Date("2027-03-03T15:00:00Z");
const hoursLater = (hours: number) => new Date(NOW.getTime() + hours * 3_600_000);
const RUN: Manifest = { now: NOW, shift: null, stops: [], trips: [] };

test("a run comes back as it was, dates as dates", async () => {
  await keepManifest(db, "u1", RUN, NOW);
  expect(await readKeptManifest(db, "u1", hoursLater(23))).toEqual({ manifest: RUN, storedAt: NOW });
});

test("a run that is a day old, or another person's, is removed from the phone", async () => {
  await keepManifest(db, "u1", RUN, NOW);
  expect(await readKeptManifest(db, "u1", hoursLater(25))).toBeNull();
  expect(await db.count("manifests")).toBe(0);
  await keepManifest(db, "u1", RUN, NOW);
  expect(await readKeptManifest(db, "u2", NOW)).toBeNull();
  expect(await db.count("manifests")).toBe(0);
});

test("signing out leaves no run behind, and keeps what is still to be sent", async () => {
  await keepManifest(db, "u1", RUN, NOW);
  await db.put("tokens", { userId: "u1", deviceId: "d1", token: "t" });
  await forgetManifests(db);
  expect([await db.count("manifests"), await db.count("tokens")]).toEqual([0, 1]);
});
