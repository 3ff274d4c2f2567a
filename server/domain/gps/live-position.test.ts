import { describe, expect, test } from "vitest";
import { becomesLive, isBacklog, type LiveCandidate, newestOfDevices, orderAt } from "./live-position";

const second = (n: number) => new Date(Date.UTC(2026, 2, 3, 14, 0, n));
const fix = (over: Partial<LiveCandidate> & { s: number }): LiveCandidate => ({
  vehicleId: "v1",
  deviceId: "d1",
  source: "device",
  takenAt: second(over.s),
  receivedAt: second(over.s),
  ...over,
});

describe("live position", () => {
  test("a clock that runs ahead gains nothing", () => {
    expect(orderAt({ takenAt: second(500), receivedAt: second(2) })).toEqual(second(2));
    expect(orderAt({ takenAt: second(1), receivedAt: second(2) })).toEqual(second(1));
  });

  test("the newest fix wins, not the newest arrival", () => {
    const live = fix({ s: 50 });
    expect(becomesLive(live, fix({ s: 40, receivedAt: second(90) }))).toBe(false);
    expect(becomesLive(live, fix({ s: 50 }))).toBe(false);
    expect(becomesLive(live, fix({ s: 51 }))).toBe(true);
    expect(becomesLive(null, fix({ s: 1 }))).toBe(true);
  });

  test("a crew phone is followed only after a minute of silence, and then sticks until the own device speaks", () => {
    const own = fix({ s: 0 });
    const phone = (s: number) => fix({ s, deviceId: "p1", source: "crew" });
    expect(becomesLive(own, phone(60))).toBe(false);
    expect(becomesLive(own, phone(61))).toBe(true);
    expect(becomesLive(phone(61), fix({ s: 65, deviceId: "p2", source: "crew" }))).toBe(false);
    expect(becomesLive(phone(61), phone(62))).toBe(true);
    expect(becomesLive(phone(61), fix({ s: 62 }))).toBe(true);
  });

  test("two minutes old on arrival is backlog", () => {
    expect(isBacklog({ takenAt: second(0), receivedAt: second(120) })).toBe(false);
    expect(isBacklog({ takenAt: second(0), receivedAt: second(121) })).toBe(true);
  });
});

test("of a batch the newest fix of each device is asked about, a vehicle's own device before its crew's phones", () => {
  const phone = (s: number) => fix({ s, deviceId: "phone", source: "crew", receivedAt: second(100) });
  const tracker = (s: number) => fix({ s, receivedAt: second(100) });
  // The phone's clock runs ahead and gains nothing: two fixes are as old as their arrival, and the last one counts.
  const batch = [
    phone(50),
    tracker(10),
    tracker(30),
    tracker(20),
    fix({ s: 40, vehicleId: "v2" }),
    phone(500),
    phone(400),
  ];
  expect(newestOfDevices(batch)).toEqual([
    { place: 2, turn: 1 },
    { place: 6, turn: 2 },
    { place: 4, turn: 1 },
  ]);
  expect(newestOfDevices([])).toEqual([]);
});
