import { expect, test } from "vitest";
import { type BoardChanges, patchBoard } from "./board-changes";
import type { BoardException, BoardTrip, BoardUnit, BoardView } from "./board-view";

const NOON = new Date("2026-03-04T12:00:00Z");
const at = (minutes: number) => new Date(NOON.getTime() + minutes * 60_000);

// What is not compared or ordered by plays no part in a patch.
const aTrip = (id: string, minutes: number, part: Partial<BoardTrip> = {}) =>
  ({ id, requestedAt: at(minutes), version: 1, ...part }) as BoardTrip;
const aUnit = (shiftId: string, callSign: string, version = 1) => ({ shiftId, callSign, version }) as BoardUnit;
const anException = (id: string, minutes: number, part: Partial<BoardException> = {}) =>
  ({ id, openedAt: at(minutes), tripId: null, shiftId: null, version: 1, ...part }) as BoardException;

const aBoard = (part: Partial<BoardView> = {}): BoardView => ({
  now: NOON,
  timeZone: "UTC",
  trips: [aTrip("t1", 1), aTrip("t2", 2), aTrip("t3", 3)],
  units: [aUnit("s1", "M1"), aUnit("s3", "M3")],
  exceptions: [anException("e2", 2), anException("e1", 1)],
  ...part,
});
const changes = (part: Partial<Omit<BoardChanges, "about">> & { about?: Partial<BoardChanges["about"]> }) => ({
  now: at(1),
  trips: [],
  units: [],
  exceptions: [],
  ...part,
  about: { trips: [], units: [], exceptions: [], ...part.about },
});
const ids = (rows: readonly { id: string }[]) => rows.map(({ id }) => id);

test("a row that changed takes its place, and those that are not concerned stay the very objects they were", () => {
  const board = aBoard();
  const second = aTrip("t2", 2, { version: 2 });
  const patched = patchBoard(board, changes({ about: { trips: ["t2"] }, trips: [second] }));
  expect(patched.now).toEqual(at(1));
  expect(patched.trips).toEqual([board.trips[0], second, board.trips[2]]);
  expect(patched.trips[0]).toBe(board.trips[0]);
  expect(patched.units[0]).toBe(board.units[0]);
  expect(board.trips[1]?.version).toBe(1);
});

test("what was asked about and is not there has left the board", () => {
  const about = { trips: ["t1"], units: ["s3"], exceptions: ["e1"] };
  const patched = patchBoard(aBoard(), changes({ about }));
  expect(ids(patched.trips)).toEqual(["t2", "t3"]);
  expect(patched.units.map(({ shiftId }) => shiftId)).toEqual(["s1"]);
  expect(ids(patched.exceptions)).toEqual(["e2"]);
});

test("a new row and one that is wanted at another time stand where the order wants them", () => {
  const rows = [aTrip("t1", 5), aTrip("t9", 2)];
  const patched = patchBoard(aBoard(), changes({ about: { trips: ["t1", "t9"] }, trips: rows }));
  expect(ids(patched.trips)).toEqual(["t2", "t9", "t3", "t1"]);
  const units = [aUnit("s2", "M2"), aUnit("s4", "M4")];
  const manned = patchBoard(aBoard(), changes({ about: { units: ["s2", "s4"] }, units }));
  expect(manned.units.map(({ callSign }) => callSign)).toEqual(["M1", "M2", "M3", "M4"]);
  const opened = patchBoard(aBoard(), changes({ about: { exceptions: ["e9"] }, exceptions: [anException("e9", 9)] }));
  expect(ids(opened.exceptions)).toEqual(["e9", "e2", "e1"]);
});

test("what is open of a trip or unit that was asked about is what the answer says, whoever asked for it", () => {
  const board = aBoard({
    exceptions: [
      anException("e3", 3, { tripId: "t1" }),
      anException("e2", 2, { shiftId: "s1" }),
      anException("e1", 1, { tripId: "t2" }),
    ],
  });
  const patched = patchBoard(
    board,
    changes({ about: { trips: ["t1"], units: ["s1"] }, exceptions: [anException("e4", 4, { tripId: "t1" })] }),
  );
  expect(ids(patched.exceptions)).toEqual(["e4", "e1"]);
});
