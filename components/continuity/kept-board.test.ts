import "fake-indexeddb/auto";
import { expect, test } from "vitest";
import type { RunSheets } from "@/server/domain/runsheets/run-sheet";
import { forgetBoard, KEPT_MS, keepBoard, readKeptBoard } from "./kept-board";
import { openKeptDb } from "./kept-db";

const NOW = new Date("2027-03-03T15:00:00Z");
const after = (ms: number) => new Date(NOW.getTime() + ms);
const sheets: RunSheets = {
  agencyId: "agency",
  agencyName: "County EMS",
  timeZone: "America/Chicago",
  madeAt: NOW,
  until: after(3_600_000),
  sheets: [
    { shiftId: null, callSign: null, vehicleNo: null, crew: ["Ada Lovelace"], startsAt: null, endsAt: null, lines: [] },
  ],
};
let count = 0;
const fresh = () => openKeptDb(`test-${++count}`);

test("what was kept opens again, times included", async () => {
  const db = await fresh();
  await keepBoard(db, "user", sheets, NOW);
  expect(await readKeptBoard(db, after(60_000))).toEqual({ userId: "user", storedAt: NOW, sheets });
});

test("what lies on the disk is sealed, and the key cannot be taken out", async () => {
  const db = await fresh();
  await keepBoard(db, "user", sheets, NOW);
  const row = await db.get("boards", "board");
  expect(Buffer.from(row?.sealed ?? new ArrayBuffer(0)).toString("latin1")).not.toContain("Lovelace");
  const kept = await db.get("keys", "board");
  expect(kept?.key.extractable).toBe(false);
  await expect(crypto.subtle.exportKey("raw", kept!.key)).rejects.toThrow();
});

test("it is gone after half a day without the server, after a sign-out, and when it was changed", async () => {
  const db = await fresh();
  await keepBoard(db, "user", sheets, NOW);
  expect(await readKeptBoard(db, after(KEPT_MS + 1))).toBeNull();
  expect(await db.count("boards")).toBe(0);
  expect(await db.count("keys")).toBe(0);
  await keepBoard(db, "user", sheets, NOW);
  await forgetBoard(db);
  expect(await readKeptBoard(db, NOW)).toBeNull();
  await keepBoard(db, "user", sheets, NOW);
  const row = await db.get("boards", "board");
  await db.put("boards", { ...row!, userId: "somebody else" });
  expect(await readKeptBoard(db, NOW)).toBeNull();
});
