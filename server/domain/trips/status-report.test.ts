import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CLOCK_OF, type Clocks, clocksAscend, missedStatuses, NO_CLOCKS } from "./clocks";
import { allowedNext, decideStatus, type StatusState } from "./status-report";
import { CREW_STATUSES, type PublicStatus, type TripStatus } from "./vocabulary";
import { AnyStatusSchema } from "./vocabulary-schemas";

const T0 = new Date("2026-03-02T12:00:00Z");
const at = (minutes: number) => new Date(T0.getTime() + minutes * 60_000);
const state = (status: TripStatus, clocks: Partial<Clocks> = {}, more: Partial<StatusState> = {}): StatusState => ({
  kind: "transport",
  status,
  clocks: { ...NO_CLOCKS, dispatchedAt: T0, ...clocks },
  hasDropoff: true,
  ...more,
});
const report = (status: TripStatus | PublicStatus, when: Date | null = null) => ({ status, at: when });
const codes = (decision: ReturnType<typeof decideStatus>) =>
  decision.kind === "refused" ? decision.reasons.map((reason) => reason.code) : decision.kind;

describe("a status report", () => {
  test("moves a dispatched trip forward in our words and in the public ones", () => {
    expect(decideStatus(state("dispatched"), report("en_route"), at(1))).toEqual({
      kind: "advance",
      to: "en_route",
      at: at(1),
      clock: "enRouteAt",
      skipped: ["acknowledged"],
    });
    expect(decideStatus(state("en_route", { enRouteAt: at(1) }), report("ARRIVED"), at(2))).toMatchObject({
      to: "at_pickup",
      skipped: [],
    });
    expect(decideStatus(state("loaded", { loadedAt: at(3) }), report("COMPLETED"), at(9))).toMatchObject({
      to: "completed",
      skipped: ["at_dropoff"],
    });
  });
  test("the same again changes nothing, also where several of ours are one public name", () => {
    expect(codes(decideStatus(state("en_route"), report("en_route"), at(1)))).toBe("same");
    expect(codes(decideStatus(state("at_dropoff"), report("IN_PROGRESS"), at(1)))).toBe("same");
    expect(codes(decideStatus(state("acknowledged"), report("PENDING"), at(1)))).toBe("same");
    expect(codes(decideStatus(state("cancelled"), report("CANCELLED"), at(1)))).toBe("same");
  });
  test("backwards is refused with what is allowed", () => {
    expect(codes(decideStatus(state("loaded", { loadedAt: at(3) }), report("en_route"), at(4)))).toEqual([
      "at_dropoff",
      "completed",
    ]);
    expect(codes(decideStatus(state("requested"), report("en_route"), at(4)))).toEqual(["not_allowed"]);
    expect(codes(decideStatus(state("completed"), report("loaded"), at(4)))).toEqual(["not_allowed"]);
  });
  test("its time is at most 2 minutes ahead and not before the clock before it", () => {
    const here = state("en_route", { enRouteAt: at(5) });
    expect(codes(decideStatus(here, report("at_pickup", at(12.1)), at(10)))).toEqual(["in_future"]);
    expect(codes(decideStatus(here, report("at_pickup", at(12)), at(10)))).toBe("advance");
    expect(codes(decideStatus(here, report("at_pickup", at(4.9)), at(10)))).toEqual(["before_previous"]);
    expect(codes(decideStatus(here, report("at_pickup", at(5)), at(10)))).toBe("advance");
  });
  test("without a time it is now, or the clock before it when a phone ran ahead", () => {
    const ahead = state("en_route", { enRouteAt: at(6) });
    expect(decideStatus(ahead, report("at_pickup"), at(5))).toMatchObject({ at: at(6) });
  });
  test("loading needs a drop-off, for a ride only", () => {
    const here = { atPickupAt: at(1) };
    expect(codes(decideStatus(state("at_pickup", here, { hasDropoff: false }), report("loaded"), at(2)))).toEqual([
      "no_destination",
    ]);
    const standby = state("at_pickup", here, { hasDropoff: false, kind: "standby" });
    expect(decideStatus(standby, report("completed"), at(2))).toMatchObject({ to: "completed", skipped: [] });
  });
  test("a no-show and a refusal are for the pickup only", () => {
    expect(allowedNext(state("at_pickup"))).toContain("no_show");
    expect(decideStatus(state("at_pickup", { atPickupAt: at(1) }), report("NO_SHOW"), at(20))).toMatchObject({
      kind: "close",
      to: "no_show",
    });
    expect(codes(decideStatus(state("en_route"), report("NO_SHOW"), at(2)))).toContain("at_pickup");
    expect(codes(decideStatus(state("loaded", { loadedAt: at(1) }), report("not_transported"), at(2)))).toEqual([
      "at_dropoff",
      "completed",
    ]);
  });
  test("a skipped clock may be filled later with its own time, where it fits", () => {
    const here = state("at_pickup", { atPickupAt: at(10) });
    expect(decideStatus(here, report("en_route", at(4)), at(12))).toMatchObject({ kind: "fill", clock: "enRouteAt" });
    expect(codes(decideStatus(here, report("en_route", at(11)), at(12)))).toContain("after_next");
    expect(codes(decideStatus(here, report("en_route"), at(12)))).toContain("loaded");
  });
  test("whatever is pressed, clocks never run backwards, and passed ones without a press are flagged", () => {
    const presses = fc.array(
      fc.record({
        status: fc.constantFrom(...AnyStatusSchema.options),
        minute: fc.option(fc.integer({ min: -10, max: 120 }), { nil: null }),
      }),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(presses, (list) => {
        let here = state("dispatched");
        list.forEach(({ status, minute }, i) => {
          const decision = decideStatus(here, report(status, minute === null ? null : at(minute)), at(i));
          if (decision.kind !== "advance" && decision.kind !== "fill") return;
          const clocks = { ...here.clocks, [CLOCK_OF[decision.to]]: decision.at };
          here = { ...here, clocks, status: decision.kind === "advance" ? decision.to : here.status };
        });
        const passed = CREW_STATUSES.filter(
          (s) => CREW_STATUSES.indexOf(s) < CREW_STATUSES.indexOf(here.status as never),
        );
        const silent = passed.filter((s) => here.clocks[CLOCK_OF[s]] === null);
        return clocksAscend(here.clocks) && missedStatuses(here.clocks).join() === silent.join();
      }),
    );
  });
});
