import { describe, expect, test } from "vitest";
import { EMPTY_BOOKING } from "@/components/booking/drafts";
import { changedFields, patchOf, rebase } from "./edit-values";
import { eventText } from "./event-text";
import { daysOf, periodOf, toQuery } from "./trip-filters";
import { changesBetween, currentTrip, type TripFacts } from "./what-changed";

const show = (at: Date) => at.toISOString().slice(11, 19);

describe("an edit", () => {
  const place = { label: "Mercy", lat: 40, lon: -89, zip: null, facilityId: "f1" };
  const base = { ...EMPTY_BOOKING, pickup: place, riderName: "Ada", when: "fixed" as const, pickupAt: new Date(0) };

  test("sends only what was changed", () => {
    expect(patchOf(base, base, "")).toEqual({});
    expect(patchOf(base, { ...base, level: "als", notes: " gate 4 " }, "")).toEqual({ level: "als", notes: "gate 4" });
    expect(patchOf(base, { ...base, dropoff: null, appointmentAt: new Date(9) }, "later")).toEqual({
      appointmentAt: new Date(9),
      reason: "later",
    });
  });

  test("a new time goes with its place, and an address without facility goes with its point", () => {
    expect(patchOf(base, { ...base, pickupAt: new Date(60_000) }, "")).toEqual({
      pickup: { facilityId: "f1", at: new Date(60_000) },
    });
    const address = { label: "12 Oak St", lat: 1, lon: 2, zip: "61701" };
    expect(patchOf(base, { ...base, dropoff: address }, "").dropoff).toEqual({
      address: "12 Oak St",
      lat: 1,
      lon: 2,
      zip: "61701",
    });
  });

  test("a rider who is not known any more is taken off", () => {
    expect(patchOf(base, { ...base, unknownRider: true }, "")).toMatchObject({ unknownRider: true, riderName: null });
  });

  test("on top of somebody else's change only one's own fields stay", () => {
    const mine = { ...base, notes: "mine" };
    const theirs = { ...base, notes: "theirs", level: "als" as const };
    expect(rebase(base, mine, theirs)).toEqual({ ...theirs, notes: "mine" });
    expect(changedFields(base, mine)).toEqual(["notes"]);
  });
});

describe("a conflict", () => {
  const facts: TripFacts = {
    Status: "Unassigned",
    Unit: null,
    "Pickup time": "14:00",
    Appointment: null,
    Level: "BLS",
    Priority: "Scheduled",
    Needs: null,
    From: "Mercy",
    To: null,
    Rider: null,
  };

  test("is told as what was and what is", () => {
    expect(changesBetween(facts, { ...facts, Status: "Dispatched", Unit: "M12" })).toEqual([
      { what: "Status", was: "Unassigned", is: "Dispatched" },
      { what: "Unit", was: null, is: "M12" },
    ]);
  });

  test("is only read from a reason that brings a whole trip", () => {
    expect(currentTrip([{ code: "stale", message: "", current: { version: 2 } }])).toBeNull();
    const trip = { id: "t", version: 2, status: "requested", pickup: {} };
    expect(currentTrip([{ code: "stale", message: "", current: trip }])).toEqual(trip);
  });
});

test("every kind of event has words, and a correction says both times", () => {
  const text = (kind: string, data: Record<string, unknown> = {}, status: string | null = null) =>
    eventText({ kind, status, data, callSign: "M12" }, show);
  expect(text("status", { waitedMinutes: 12, callAttempts: 2, outcome: "no_show" }, "no_show")).toBe(
    "No-show, waited 12 min, called 2 times",
  );
  expect(text("assigned", { mode: "stack", overridden: true })).toBe("M12 queued behind its trip, against a rule");
  const was = "2026-03-04T14:02:00.000Z";
  expect(text("corrected", { event: "loaded", was, to: "2026-03-04T14:05:00.000Z" })).toBe(
    "Loaded 14:02:00 is 14:05:00",
  );
  expect(text("corrected", { event: "loaded", was, to: null })).toBe("Loaded taken back (was 14:02:00)");
  expect(text("something_new")).toBe("Something new");
});

test("a period is days of the agency, and the last day is part of it", () => {
  expect(daysOf("week", "2026-03-04")).toEqual({ from: "2026-02-26", to: "2026-03-04" });
  expect(periodOf({ from: "2026-03-05", to: "2026-03-05" }, "2026-03-04")).toBe("tomorrow");
  expect(periodOf({ from: "2026-03-01", to: "2026-03-02" }, "2026-03-04")).toBeNull();
  const filters = { from: "2026-03-04", to: "2026-03-04", status: "completed", vehicleId: null, q: "" } as const;
  expect(toQuery(filters)).toEqual({ from: "2026-03-04", to: "2026-03-05", status: ["completed"] });
});
