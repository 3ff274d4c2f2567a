import { expect, test } from "vitest";
import type { BoardException } from "@/server/domain/trips/board-view";
import { gradeOf, stateOf, subjectOf } from "./exception-words";

const exception: BoardException = {
  id: "e",
  kind: "unit_dark",
  severity: "warning",
  subjectType: "shift",
  subjectId: "s",
  tripId: null,
  shiftId: null,
  detail: {},
  openedAt: new Date(0),
  worsenedAt: null,
  acknowledgedAt: null,
  snoozedUntil: null,
  snoozeReason: null,
  version: 1,
};

test("a snooze that is over is open again", () => {
  expect(stateOf({ ...exception, snoozedUntil: new Date(2000) }, 1000)).toBe("snoozed");
  expect(stateOf({ ...exception, snoozedUntil: new Date(2000) }, 3000)).toBe("open");
  expect(stateOf({ ...exception, acknowledgedAt: new Date(500) }, 1000)).toBe("acknowledged");
});

test("only alerts and emergencies are trouble, and an unknown subject is named by its kind", () => {
  expect((["info", "warning", "alert", "emergency"] as const).map(gradeOf)).toEqual([
    "warn",
    "warn",
    "alert",
    "emergency",
  ]);
  expect(subjectOf(exception, { units: [], trips: [] })).toBe("shift");
});
