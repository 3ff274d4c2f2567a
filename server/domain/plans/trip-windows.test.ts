import { expect, test } from "vitest";
import { USUAL_SETTINGS } from "./settings";
import { maxRideOf, type TimedTrip, tripWindows } from "./trip-windows";

const NOW = new Date("2027-03-03T15:00:00Z");
const at = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);
const trip = (more: Partial<TimedTrip> = {}): TimedTrip => ({
  priority: "scheduled",
  timing: "fixed",
  passengers: { ambulatory: 0, wheelchair: 1, stretcher: 0 },
  pickupAt: at(60),
  pickupEarliest: null,
  pickupLatest: null,
  dropoffAt: null,
  dropoffEarliest: null,
  dropoffLatest: null,
  appointmentAt: null,
  readyAt: null,
  requestedAt: at(60),
  promisedPickupAt: at(60),
  promisedDropoffAt: null,
  ...more,
});
const windows = (more: Partial<TimedTrip> = {}) => tripWindows(trip(more), 1200, USUAL_SETTINGS, NOW);

test("a promised time gets the agency's leeway, a window of its own none", () => {
  expect(windows().pickup).toEqual({ earliest: at(50), latest: at(75) });
  const own = windows({ pickupEarliest: at(58), pickupLatest: at(62) });
  expect(own.pickup).toEqual({ earliest: at(58), latest: at(62) });
});

test("an appointment bounds the drop-off; without one the ride limit does", () => {
  expect(windows({ appointmentAt: at(100) }).dropoff.latest).toEqual(at(100));
  // 75 + 8 minutes at the pickup + 45 minutes of ride.
  expect(windows().dropoff.latest).toEqual(at(128));
  expect(maxRideOf(3000, USUAL_SETTINGS)).toBe(6000);
});

test("a will-call counts from when its rider is ready, a call from when it came", () => {
  const ready = { timing: "will_call" as const, pickupAt: null, promisedPickupAt: null, readyAt: at(5) };
  expect(windows(ready).pickup).toEqual({ earliest: at(5), latest: at(65) });
  const call = { timing: "asap" as const, priority: "urgent" as const, pickupAt: null, requestedAt: at(-5) };
  expect(windows({ ...call, promisedPickupAt: at(25) }).pickup).toEqual({ earliest: at(-5), latest: at(25) });
});

test("a promise that is broken already is kept as soon as can be", () => {
  const overdue = windows({ pickupAt: at(-60), promisedPickupAt: at(-60), requestedAt: at(-60) });
  expect(overdue.pickup).toEqual({ earliest: at(-70), latest: at(60) });
  expect(overdue.dropoff.latest.getTime()).toBeGreaterThan(at(60).getTime());
});
