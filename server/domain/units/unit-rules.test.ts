import { describe, expect, test } from "vitest";
import { shiftCovering } from "@/server/domain/shifts/cover";
import { availabilityOf } from "./availability";
import { ageSeconds, freshnessOf } from "./freshness";
import { stateReasons } from "./unit-state";

const T0 = new Date("2026-03-02T12:00:00Z");
const at = (minutes: number) => new Date(T0.getTime() + minutes * 60_000);
const on = { signedOnAt: T0, signedOffAt: null, state: "available" as const, activeTrips: 0 };

describe("a unit", () => {
  test("is OFFLINE, ONLINE, BUSY or ON_TRIP", () => {
    expect([
      availabilityOf(null),
      availabilityOf({ ...on, signedOnAt: null }),
      availabilityOf({ ...on, signedOffAt: at(5), activeTrips: 1 }),
      availabilityOf(on),
      availabilityOf({ ...on, state: "posted" }),
      availabilityOf({ ...on, state: "break" }),
      availabilityOf({ ...on, state: "delayed", activeTrips: 1 }),
    ]).toEqual(["OFFLINE", "OFFLINE", "OFFLINE", "ONLINE", "ONLINE", "BUSY", "ON_TRIP"]);
  });
  test("needs a reason to be out of service and no trip to take a break", () => {
    const change = { reason: null, until: null, interruptible: null };
    expect(stateReasons(on, { ...change, state: "break" }, T0)).toEqual([]);
    expect(stateReasons({ ...on, activeTrips: 1 }, { ...change, state: "break" }, T0).map((r) => r.code)).toEqual([
      "busy",
    ]);
    const off = { ...on, signedOnAt: null };
    expect(stateReasons(off, { ...change, state: "out_of_service", until: T0 }, T0).map((r) => r.code)).toEqual([
      "off_shift",
      "required",
      "in_past",
    ]);
  });
  test("is fresh, aging, stale or dark by the age of its fix, never younger than its arrival says", () => {
    expect([119, 120, 600, 3600, null].map(freshnessOf)).toEqual(["fresh", "aging", "stale", "dark", "unknown"]);
    expect(ageSeconds({ takenAt: at(1), receivedAt: T0 }, at(2))).toBe(120);
  });
});

describe("the shift a vehicle means", () => {
  const early = { id: "early", startsAt: at(-480), endsAt: at(0), signedOnAt: at(-480), signedOffAt: null };
  const late = { id: "late", startsAt: at(0), endsAt: at(480), signedOnAt: null, signedOffAt: null };
  test("covers the pickup, its end excluded", () => {
    expect(shiftCovering([early, late], at(0), T0)?.id).toBe("late");
    expect(shiftCovering([early, late], at(-1), T0)?.id).toBe("early");
    expect(shiftCovering([early, late], at(480), T0)).toBeNull();
  });
  test("for a pickup now is the one still running over", () => {
    expect(shiftCovering([early], at(5), at(5))?.id).toBe("early");
    expect(shiftCovering([early], at(60), at(5))).toBeNull();
    expect(shiftCovering([{ ...early, signedOffAt: at(1) }], at(5), at(5))).toBeNull();
  });
});
