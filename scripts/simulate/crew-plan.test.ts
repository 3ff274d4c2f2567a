import { describe, expect, test } from "vitest";
import { currentTrip, nextStep } from "./crew-plan";

const dropoff = { lat: 40.6, lon: -89.4 };
const trip = (status: string, more: object = {}) => ({
  status,
  kind: "transport",
  priority: "urgent",
  dropoff,
  ...more,
});
const half = () => 0.5;

describe("a crew", () => {
  test("presses its way through a transport, and drives where it must", () => {
    const steps = ["dispatched", "acknowledged", "en_route", "at_pickup", "loaded", "at_dropoff"].map((s) =>
      nextStep(trip(s), half),
    );
    expect(steps).toEqual([
      { press: "acknowledged", afterS: expect.any(Number) },
      { press: "en_route", afterS: expect.any(Number) },
      { driveTo: "pickup", onArrival: "at_pickup" },
      { press: "loaded", afterS: expect.any(Number) },
      { driveTo: "dropoff", onArrival: "at_dropoff" },
      { press: "completed", afterS: expect.any(Number) },
    ]);
  });

  test("is quicker in an emergency", () => {
    const after = (priority: string) => {
      const step = nextStep(trip("acknowledged", { priority }), half);
      return "press" in step ? step.afterS : Number.NaN;
    };
    expect(after("emergency")).toBeLessThan(after("urgent"));
  });

  test("waits at the door until there is a destination, and needs none for a standby", () => {
    expect(nextStep(trip("at_pickup", { dropoff: null }), half)).toEqual({ wait: "no_destination" });
    expect(nextStep(trip("at_pickup", { dropoff: null, kind: "standby" }), half)).toMatchObject({ press: "completed" });
  });

  test("does nothing about a trip that is not, or no longer, its own to do", () => {
    for (const status of ["requested", "reserved", "completed", "cancelled", "no_show", "unheard_of"])
      expect(nextStep(trip(status), half)).toEqual({ wait: "nothing" });
  });

  test("finishes what it has begun before it starts on the next", () => {
    const [queued, aboard] = [
      { id: "a", status: "dispatched" },
      { id: "b", status: "loaded" },
    ];
    expect(currentTrip([queued, aboard])).toBe(aboard);
    expect(currentTrip([{ id: "c", status: "completed" }])).toBeNull();
  });
});
