import "fake-indexeddb/auto";
import { expect, test } from "vitest";
import { type Noted, openKeptDb } from "./kept-db";
import { enterNoted, notable, readNoted } from "./noted";

const note = (clientEventId: string, status: Noted["status"], at: string, userId = "me"): Noted => ({
  clientEventId,
  userId,
  tripId: "t",
  number: "27-000001",
  status,
  at,
  refused: null,
});

test("what may be noted follows what is known and what was noted", () => {
  expect(notable("en_route", [])).toEqual(["at_pickup", "loaded", "at_dropoff", "completed"]);
  expect(notable("en_route", [note("1", "loaded", "x")])).toEqual(["at_dropoff", "completed"]);
  expect(notable("requested", [])).toEqual([]);
});

test("notes are entered in the order of what happened; a refused one stays with its reason, another person's waits", async () => {
  const db = await openKeptDb("noted-test");
  for (const one of [
    note("2", "loaded", "2027-03-03T15:10:00Z"),
    note("1", "at_pickup", "2027-03-03T15:00:00Z"),
    note("3", "completed", "2027-03-03T15:30:00Z"),
    note("4", "completed", "2027-03-03T15:00:00Z", "somebody else"),
  ])
    await db.put("noted", one);
  const sent: string[] = [];
  await enterNoted(db, "me", async ({ clientEventId }) => {
    sent.push(clientEventId);
    return clientEventId === "3" ? "closed meanwhile" : null;
  });
  expect(sent).toEqual(["1", "2", "3"]);
  expect(await readNoted(db, "me")).toMatchObject([{ clientEventId: "3", refused: "closed meanwhile" }]);
  expect(await readNoted(db, "somebody else")).toHaveLength(1);
});

test("when the server is away again, the rest waits", async () => {
  const db = await openKeptDb("noted-away");
  await db.put("noted", note("1", "loaded", "2027-03-03T15:10:00Z"));
  await expect(enterNoted(db, "me", () => Promise.reject(new Error("away")))).rejects.toThrow("away");
  expect(await readNoted(db, "me")).toHaveLength(1);
});
