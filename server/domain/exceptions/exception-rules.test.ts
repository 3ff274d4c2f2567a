import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type OpenException, reconcile } from "./reconcile";
import { tripExceptions, type WatchedTrip } from "./rules-trip";
import { unitExceptions, type WatchedUnit } from "./rules-unit";
import { isSnoozed, snoozeReasons } from "./snooze";
import { EXCEPTION_KINDS, EXCEPTION_SEVERITIES } from "./vocabulary";

const T0 = new Date("2026-03-02T12:00:00Z");
const at = (minutes: number) => new Date(T0.getTime() + minutes * 60_000);
const trip = (more: Partial<WatchedTrip> = {}): WatchedTrip => ({
  id: "t1",
  kind: "transport",
  status: "requested",
  outcome: null,
  priority: "scheduled",
  timing: "fixed",
  requestedAt: at(60),
  readyAt: null,
  promisedPickupAt: at(60),
  promisedDropoffAt: null,
  etaPickupAt: null,
  etaDropoffAt: null,
  hasDropoff: true,
  returnedAt: null,
  assignment: null,
  ...more,
});
const assignment = (more: Partial<NonNullable<WatchedTrip["assignment"]>> = {}) => ({
  id: "a1",
  shiftId: "s1",
  status: "dispatched" as const,
  since: T0,
  sentAt: T0,
  onPhoneAt: null,
  seenAt: null,
  acknowledgedAt: null,
  ...more,
});
const kinds = (watched: WatchedTrip, now: Date) =>
  tripExceptions(watched, now).map((one) => `${one.kind} ${one.severity}`);

describe("what a dispatcher must look at", () => {
  test("a fixed trip without a unit from 30 min before, worse from 10 min before, and late after the grace", () => {
    expect(kinds(trip(), at(29))).toEqual([]);
    expect(kinds(trip(), at(30))).toEqual(["unassigned_near_time warning"]);
    expect(tripExceptions(trip(), at(30))[0]?.worseAt).toEqual(at(50));
    expect(kinds(trip(), at(50))).toEqual(["unassigned_near_time alert"]);
    expect(kinds(trip(), at(65))).toEqual(["late warning", "unassigned_near_time alert"]);
    expect(kinds(trip(), at(75))).toEqual(["late alert", "unassigned_near_time alert"]);
  });
  test("a will-call trip rests until the rider is ready", () => {
    const willCall = trip({ timing: "will_call" });
    expect(kinds(willCall, at(600))).toEqual([]);
    expect(kinds({ ...willCall, promisedPickupAt: null, readyAt: at(600) }, at(610))).toEqual([
      "will_call_waiting warning",
    ]);
  });
  test("a dispatch that nobody acknowledges", () => {
    const sent = trip({ status: "dispatched", assignment: assignment() });
    expect(kinds(sent, at(0.9))).toEqual([]);
    expect(kinds(sent, at(1))).toEqual(["not_acknowledged warning"]);
    expect(kinds(sent, at(1.5))).toEqual(["not_acknowledged alert"]);
    expect(
      kinds({ ...sent, assignment: assignment({ acknowledgedAt: at(1), status: "acknowledged" }) }, at(2)),
    ).toEqual([]);
  });
  test("an estimate past the promise is a risk until it is late", () => {
    expect(
      kinds(
        trip({
          status: "en_route",
          etaPickupAt: at(66),
          assignment: assignment({ status: "en_route", since: at(40) }),
        }),
        at(50),
      ),
    ).toEqual(["at_risk warning"]);
  });
  test("too long at the destination, no destination at the pickup, a closed trip without outcome, one that came back", () => {
    const here = { promisedPickupAt: null };
    expect(
      kinds(trip({ ...here, status: "at_dropoff", assignment: assignment({ status: "at_dropoff" }) }), at(20)),
    ).toEqual(["offload_delay warning"]);
    expect(
      kinds(
        trip({ ...here, status: "at_pickup", hasDropoff: false, assignment: assignment({ status: "at_pickup" }) }),
        at(1),
      ),
    ).toEqual(["no_destination warning"]);
    expect(kinds(trip({ status: "completed" }), at(1))).toEqual(["outcome_missing warning"]);
    expect(kinds(trip({ returnedAt: T0 }), at(1))).toEqual(["trip_returned alert"]);
  });
  test("a unit that went dark, sooner with a trip, and one that will not be home in time", () => {
    const unit: WatchedUnit = {
      shiftId: "s1",
      vehicleId: "v1",
      signedOnAt: at(-60),
      endsAt: at(60),
      positionAt: T0,
      darkReason: null,
      activeTripId: null,
      busyUntil: null,
    };
    const words = (watched: WatchedUnit, now: Date) =>
      unitExceptions(watched, now).map((one) => `${one.kind} ${one.severity}`);
    expect([words(unit, at(9)), words(unit, at(10)), words({ ...unit, endsAt: at(600) }, at(60))]).toEqual([
      [],
      ["unit_dark warning"],
      ["unit_dark alert"],
    ]);
    expect(words({ ...unit, activeTripId: "t1" }, at(5))).toEqual(["unit_dark warning"]);
    expect(words({ ...unit, positionAt: at(50), busyUntil: at(80) }, at(51))).toEqual(["shift_overrun warning"]);
  });
});

describe("reconciling", () => {
  const kind = fc.constantFrom(...EXCEPTION_KINDS);
  const severity = fc.constantFrom(...EXCEPTION_SEVERITIES);
  const subjectId = fc.constantFrom("x", "y");
  test("makes what is open equal to what should be, and then finds nothing to do; raised kinds stay", () => {
    const open = fc.uniqueArray(
      fc.record({ id: fc.uuid(), kind, subjectId, severity, snoozedUntil: fc.constant(null) }),
      { selector: (o) => o.kind + o.subjectId },
    );
    const wanted = fc.uniqueArray(
      fc.record({ kind: kind.filter((k) => k !== "crew_emergency" && k !== "late_report"), subjectId, severity }),
      { selector: (o) => o.kind + o.subjectId },
    );
    fc.assert(
      fc.property(open, wanted, (before: OpenException[], list) => {
        const should = list.map((one) => ({
          ...one,
          subjectType: "trip" as const,
          tripId: null,
          shiftId: null,
          worseAt: null,
          detail: {},
        }));
        const change = reconcile(before, should);
        const closed = new Set(change.closes.map((one) => one.id));
        const graded = new Map([...change.worsens, ...change.eases].map(({ open: one, to }) => [one.id, to.severity]));
        const after = before
          .filter((one) => !closed.has(one.id))
          .map((one) => ({ ...one, severity: graded.get(one.id) ?? one.severity }));
        const opened = change.opens.map((one, i) => ({
          id: `n${i}`,
          kind: one.kind,
          subjectId: one.subjectId,
          severity: one.severity,
          snoozedUntil: null,
        }));
        const again = reconcile([...after, ...opened], should);
        const keptRaised = before.filter((one) => one.kind === "crew_emergency").every((one) => !closed.has(one.id));
        return keptRaised && [again.opens, again.closes, again.worsens, again.eases].every((part) => part.length === 0);
      }),
    );
  });
  test("a crew emergency is never put aside, anything else for 4 hours with a reason", () => {
    expect(snoozeReasons("late", at(30), "rider called", T0)).toEqual([]);
    expect(snoozeReasons("crew_emergency", at(300), " ", T0).map((r) => r.code)).toEqual([
      "never_snoozed",
      "required",
      "too_far",
    ]);
    expect([isSnoozed({ snoozedUntil: at(1) }, T0), isSnoozed({ snoozedUntil: T0 }, T0)]).toEqual([true, false]);
  });
});
