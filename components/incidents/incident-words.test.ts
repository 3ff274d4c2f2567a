import { expect, test } from "vitest";
import type { Incident } from "@/server/domain/incidents/incident";
import { isOver, openTripWords, unitCount, unitNames } from "./incident-words";

const unit = (tripId: string, shiftId: string, callSign: string, role: Incident["units"][number]["role"]) =>
  ({ tripId, shiftId, callSign, role, assignmentId: `${tripId}${shiftId}`, status: "dispatched" }) as const;
const units = [
  unit("t1", "s1", "M12", "transport"),
  unit("t2", "s1", "M12", "transport"),
  unit("t2", "s2", "M14", "assist"),
];

test("a unit on several trips of an incident is counted and named once", () => {
  expect(unitCount({ units })).toBe(2);
  expect(unitNames({ units })).toBe("M12 +M14 assist");
  expect(unitNames({ units }, "t1")).toBe("M12");
});

test("how many trips are open is said in words, and an incident without any is over", () => {
  const trip = (status: "loaded" | "completed") => ({ id: "t", number: "T-1", priority: "urgent" as const, status });
  expect(openTripWords([])).toBe("none");
  expect(openTripWords([trip("completed"), trip("loaded")])).toBe("2, 1 open");
  expect(openTripWords([trip("completed")])).toBe("1, all over");
  expect([isOver({ trips: [] }), isOver({ trips: [trip("loaded")] })]).toEqual([true, false]);
});
