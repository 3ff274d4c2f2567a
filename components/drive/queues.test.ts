import "fake-indexeddb/auto";
import { beforeEach, expect, test, vi } from "vitest";
import { type DriveDb, openDriveDb, type Press, type QueuedFix } from "./drive-db";
import { countFixes, keepFix, sendFixes } from "./fix-queue";
import { dismissPress, keepPress, listPresses, type SendResult, sendPresses } from "./press-queue";

let db: DriveDb;
let count = 0;
beforeEach(async () => {
  db = await openDriveDb(`test-${count++}`);
});
const press = (id: string, userId = "u1"): Omit<Press, "order" | "refused"> => ({
  clientEventId: id,
  userId,
  tripId: "t1",
  tripNumber: "27-1",
  status: "en_route",
  at: "2027-03-03T15:00:00.000Z",
});
const fix = (second: number, userId = "u1"): QueuedFix => ({
  userId,
  takenAt: new Date(second * 1000).toISOString(),
  lat: 40,
  lon: -89,
  accuracyM: 5,
  speedMps: null,
  headingDeg: null,
  altitudeM: null,
});
const sent: SendResult = { kind: "sent" };

test("presses are sent in the order they were pressed and then forgotten", async () => {
  for (const id of ["c", "a", "b"]) await keepPress(db, press(id));
  const send = vi.fn(async () => sent);
  expect(await sendPresses(db, "u1", send)).toBe(true);
  expect(send.mock.calls.map(([one]: unknown[]) => (one as Press).clientEventId)).toEqual(["c", "a", "b"]);
  expect(await listPresses(db, "u1")).toEqual([]);
});

test("while the server can't be reached nothing is lost and nothing overtakes", async () => {
  for (const id of ["a", "b"]) await keepPress(db, press(id));
  const send = vi.fn(async (): Promise<SendResult> => ({ kind: "unreachable" }));
  expect(await sendPresses(db, "u1", send)).toBe(false);
  expect(send).toHaveBeenCalledTimes(1);
  expect(await listPresses(db, "u1")).toHaveLength(2);
});

test("a refused press stays with its reason, lets the next pass, and is not sent again", async () => {
  for (const id of ["a", "b"]) await keepPress(db, press(id));
  const answers: SendResult[] = [{ kind: "refused", reason: "the trip was cancelled" }, sent];
  await sendPresses(db, "u1", async () => answers.shift() ?? sent);
  expect(await listPresses(db, "u1")).toMatchObject([{ clientEventId: "a", refused: "the trip was cancelled" }]);
  const again = vi.fn(async () => sent);
  await sendPresses(db, "u1", again);
  expect(again).not.toHaveBeenCalled();
  await dismissPress(db, "a");
  expect(await listPresses(db, "u1")).toEqual([]);
});

test("another person on the same phone neither sees nor sends them", async () => {
  await keepPress(db, press("a", "u1"));
  await keepFix(db, fix(1, "u1"));
  const send = vi.fn(async () => sent);
  await sendPresses(db, "u2", send);
  const sendFix = vi.fn(async () => "sent" as const);
  await sendFixes(db, "u2", sendFix);
  expect(send).not.toHaveBeenCalled();
  expect(sendFix).not.toHaveBeenCalled();
  expect(await listPresses(db, "u2")).toEqual([]);
});

test("fixes go out oldest first in batches and stay until they are stored", async () => {
  for (let second = 0; second < 450; second++) await keepFix(db, fix(second));
  expect(await sendFixes(db, "u1", async () => "unreachable")).toBe("unreachable");
  expect(await countFixes(db)).toBe(450);
  const sizes: number[] = [];
  await sendFixes(db, "u1", async (batch) => {
    sizes.push(batch.length);
    return "sent";
  });
  expect(sizes).toEqual([200, 200, 50]);
  expect(await countFixes(db)).toBe(0);
});
