import { describe, expect, test } from "vitest";
import { NO_CLOCKS } from "./clocks";
import { cancellation, cancelReasons, completedOutcome, evidenceOf, outcomeReasons } from "./closing";
import { correctable, correctorReasons, decideCorrection } from "./correction";
import { decideLateReport, heldAt } from "./late-report";
import { passengersOf } from "./passengers";
import { initialsOf, riderVisibility } from "./rider-visibility";
import { PUBLIC_STATUS_OF, statusesNamed, TRIP_STATUSES } from "./vocabulary";
import { type Booking, timeBooking, windowReasons } from "./windows";

const T0 = new Date("2026-03-02T12:00:00Z");
const at = (minutes: number) => new Date(T0.getTime() + minutes * 60_000);
const clocks = { ...NO_CLOCKS, dispatchedAt: T0, enRouteAt: at(2), atPickupAt: at(10) };

describe("words", () => {
  test("a public name stands for all statuses of ours that say it", () => {
    expect(statusesNamed("PENDING")).toEqual(["requested", "reserved", "dispatched", "acknowledged"]);
    expect(statusesNamed("IN_PROGRESS")).toEqual(["loaded", "at_dropoff"]);
    for (const status of TRIP_STATUSES) expect(statusesNamed(PUBLIC_STATUS_OF[status])).toContain(status);
  });
});

describe("closing", () => {
  test("a cancellation's outcome is where the unit was", () => {
    const trip = { kind: "transport" as const, clocks };
    expect(cancellation({ ...trip, status: "reserved" }, at(12))).toMatchObject({
      outcome: "cancelled_before_dispatch",
    });
    expect(cancellation({ ...trip, status: "en_route" }, at(12))).toMatchObject({ outcome: "cancelled_en_route" });
    expect(cancellation({ ...trip, status: "at_pickup" }, at(25), 3)).toEqual({
      outcome: "cancelled_at_door",
      evidence: { arrivedAt: at(10).toISOString(), waitedMinutes: 15, callAttempts: 3 },
    });
  });
  test("with the rider aboard, or closed, nothing is cancelled", () => {
    expect(cancelReasons("loaded").map((r) => r.code)).toEqual(["rider_aboard"]);
    expect(cancelReasons("completed").map((r) => r.code)).toEqual(["trip_not_open"]);
    expect(cancelReasons("at_pickup")).toEqual([]);
  });
  test("an outcome fits how the trip was closed", () => {
    expect(completedOutcome("transport")).toBe("transported");
    expect(completedOutcome("standby")).toBe("standby_done");
    expect(outcomeReasons("not_transported", "refused")).toEqual([]);
    expect(outcomeReasons("completed", "refused").map((r) => r.code)).toContain("transported");
    expect(outcomeReasons("en_route", "transported").map((r) => r.code)).toEqual(["trip_open"]);
  });
  test("evidence without an arrival says nothing of waiting", () => {
    expect(evidenceOf(NO_CLOCKS, at(5), 1)).toEqual({ callAttempts: 1 });
  });
});

describe("a correction", () => {
  const state = { status: "at_pickup" as const, clocks };
  test("takes the last press back to the one before it", () => {
    expect(decideCorrection(state, { event: "at_pickup", at: null, reason: "x" }, at(12))).toEqual({
      kind: "retract",
      clock: "atPickupAt",
      was: at(10),
      back: "en_route",
    });
  });
  test("takes back a press in the middle and leaves the status where it is", () => {
    expect(decideCorrection(state, { event: "en_route", at: null, reason: "x" }, at(12))).toMatchObject({
      back: "at_pickup",
    });
  });
  test("sets a clock between its neighbours only", () => {
    const correct = (minute: number) =>
      decideCorrection(state, { event: "en_route", at: at(minute), reason: "x" }, at(12));
    expect(correct(4)).toMatchObject({ kind: "retime", was: at(2) });
    expect(correct(11)).toMatchObject({ kind: "refused" });
    expect(correct(-1)).toMatchObject({ kind: "refused" });
  });
  test("reopens a no-show, but not a cancellation, and never takes back a dispatch", () => {
    expect(
      decideCorrection({ status: "no_show", clocks }, { event: "no_show", at: null, reason: "x" }, at(12)),
    ).toEqual({
      kind: "reopen",
      back: "at_pickup",
    });
    const closed = { status: "cancelled" as const, clocks };
    expect(decideCorrection(closed, { event: "en_route", at: null, reason: "x" }, at(12)).kind).toBe("refused");
    expect(decideCorrection(state, { event: "dispatched", at: null, reason: "x" }, at(12)).kind).toBe("refused");
  });
  test("is for the crew's own press within 2 minutes, and for a dispatcher with a reason", () => {
    const crew = { role: "crew" as const, pressedByCaller: true, recordedAt: at(10) };
    expect(correctorReasons(crew, null, at(12))).toEqual([]);
    expect(correctorReasons(crew, null, at(12.1)).map((r) => r.code)).toEqual(["too_late"]);
    expect(correctorReasons({ ...crew, pressedByCaller: false }, null, at(11)).map((r) => r.code)).toEqual(["not_own"]);
    expect(correctorReasons({ ...crew, role: "dispatcher" }, " ", at(50)).map((r) => r.code)).toEqual(["required"]);
    expect(correctorReasons({ ...crew, role: "dispatcher" }, "typo", at(50))).toEqual([]);
  });
  test("names a press by status, public name or clock", () => {
    expect([correctable("at_pickup"), correctable("ARRIVED"), correctable("atPickupAt"), correctable("nope")]).toEqual([
      "at_pickup",
      "at_pickup",
      "at_pickup",
      null,
    ]);
  });
});

describe("a late report", () => {
  const held = { assignedAt: T0, endedAt: at(30), clocks: { ...NO_CLOCKS, dispatchedAt: T0, enRouteAt: at(5) } };
  test("counts for whoever held the assignment at that time", () => {
    expect([heldAt(held, at(-1)), heldAt(held, at(30)), heldAt(held, at(31))]).toEqual([false, true, false]);
  });
  test("sets a free clock in order, and is kept otherwise", () => {
    expect(decideLateReport(held, "at_pickup", at(20))).toEqual({ kind: "applied", clock: "atPickupAt" });
    expect(decideLateReport(held, "at_pickup", at(4))).toEqual({ kind: "kept", code: "out_of_order" });
    expect(decideLateReport(held, "en_route", at(6))).toEqual({ kind: "kept", code: "clock_taken" });
    expect(decideLateReport(held, "loaded", at(20)).kind).toBe("kept");
  });
});

describe("a booking", () => {
  const ends = { at: null, earliest: null, latest: null };
  const booking: Booking = { timing: null, priority: null, pickup: ends, dropoff: null, appointmentAt: null };
  test("without a time is wanted now and urgent; with one it is scheduled", () => {
    expect(timeBooking(booking, T0)).toMatchObject({ timing: "asap", priority: "urgent", requestedAt: T0 });
    expect(timeBooking({ ...booking, pickup: { ...ends, at: at(90) } }, T0)).toMatchObject({
      timing: "fixed",
      priority: "scheduled",
      requestedAt: at(90),
      promisedPickupAt: at(90),
    });
  });
  test("a drop-off or an appointment before the pickup is refused, every reason at once", () => {
    const wrong = {
      ...booking,
      pickup: { at: at(90), earliest: at(100), latest: at(80) },
      dropoff: { ...ends, at: at(60) },
      appointmentAt: at(30),
    };
    expect(windowReasons(wrong, T0).map((r) => `${r.path} ${r.code}`)).toEqual([
      "dropoff.at before_pickup",
      "appointmentAt before_pickup",
      "pickup.at out_of_order",
      "pickup.latest out_of_order",
    ]);
  });
  test("passengers default to one of the level's kind; nobody rides on a standby", () => {
    expect(passengersOf("transport", "wheelchair")).toEqual({ ambulatory: 0, wheelchair: 1, stretcher: 0 });
    expect(passengersOf("transport", "als", 2)).toEqual({ ambulatory: 0, wheelchair: 0, stretcher: 2 });
    expect(passengersOf("transport", "als", { ambulatory: 1 })).toEqual({ ambulatory: 1, wheelchair: 0, stretcher: 0 });
    expect(passengersOf("standby", "als")).toEqual({ ambulatory: 0, wheelchair: 0, stretcher: 0 });
  });
});

describe("who sees a rider", () => {
  const shift = { startsAt: at(0), endsAt: at(480), signedOnAt: null, signedOffAt: null };
  const crew = { roles: ["crew"], scopes: null };
  test("a crew from 2 h before its shift to its end", () => {
    expect(riderVisibility(crew, [shift], at(-121))).toBe("none");
    expect(riderVisibility(crew, [shift], at(-120))).toBe("full");
    expect(riderVisibility(crew, [shift], at(481))).toBe("none");
    expect(riderVisibility(crew, [{ ...shift, signedOnAt: at(0) }], at(500))).toBe("full");
    expect(riderVisibility(crew, [{ ...shift, signedOnAt: at(0), signedOffAt: at(100) }], at(101))).toBe("none");
    expect(riderVisibility(crew, [], at(10))).toBe("none");
  });
  test("dispatchers see it, billing sees initials, a key needs its scope", () => {
    expect(riderVisibility({ roles: ["dispatcher"], scopes: null }, [], T0)).toBe("full");
    expect(riderVisibility({ roles: ["billing"], scopes: null }, [], T0)).toBe("initials");
    expect(riderVisibility({ roles: [], scopes: ["trips:read"] }, [], T0)).toBe("none");
    expect(riderVisibility({ roles: [], scopes: ["trips:read", "riders:read"] }, [], T0)).toBe("full");
    expect(initialsOf("Jane van Dyke")).toBe("J. v. D.");
  });
});
