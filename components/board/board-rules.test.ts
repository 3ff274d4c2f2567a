import { describe, expect, test } from "vitest";
import type { BoardTrip, BoardTripUnit, CandidatesView } from "@/server/domain/trips/board-view";
import { offersOf, usualMode } from "./offers";
import { countTrips, filtered, isPinned, lateMinutes, splitTrips } from "./split-trips";
import { waitOf } from "./wait-words";

const NOON = new Date("2026-03-04T12:00:00Z");
const at = (minutes: number) => new Date(NOON.getTime() + minutes * 60_000);

const aTrip = (part: Partial<BoardTrip> = {}): BoardTrip => ({
  id: "t1",
  number: "T-00001",
  version: 1,
  kind: "transport",
  status: "requested",
  publicStatus: "PENDING",
  outcome: null,
  priority: "scheduled",
  lightsAndSiren: false,
  level: "bls",
  timing: "fixed",
  riderName: null,
  unknownRider: false,
  from: { label: null, facilityId: null, lat: 0, lon: 0 },
  to: null,
  requestedAt: at(0),
  pickupAt: at(30),
  readyAt: null,
  appointmentAt: null,
  promisedPickupAt: at(30),
  promisedDropoffAt: null,
  etaPickupAt: null,
  etaDropoffAt: null,
  latenessS: null,
  needs: [],
  passengers: { ambulatory: 0, wheelchair: 0, stretcher: 1 },
  unit: null,
  supports: [],
  statusSince: at(0),
  missed: [],
  exceptions: [],
  ...part,
});
const aUnit = (part: Partial<BoardTripUnit> = {}): BoardTripUnit => ({
  assignmentId: "a1",
  shiftId: "s1",
  vehicleId: "v1",
  vehicleNo: "101",
  callSign: "M12",
  mode: "dispatch",
  status: "dispatched",
  delivery: "sent",
  alarm: "alert",
  sentAt: at(0),
  onPhoneAt: null,
  seenAt: null,
  acknowledgedAt: null,
  ...part,
});

describe("the panes and counts", () => {
  const trips = [
    aTrip({ id: "waiting", priority: "emergency" }),
    aTrip({ id: "held", status: "reserved" }),
    aTrip({ id: "sent", status: "dispatched", unit: aUnit(), latenessS: 61 }),
    aTrip({ id: "risky", status: "en_route", latenessS: 600, exceptions: ["at_risk"] }),
    aTrip({ id: "over", status: "completed", priority: "emergency" }),
  ];

  test("a trip without a unit waits, one with a unit moves, one that is over is closed", () => {
    const { unassigned, assigned, closed } = splitTrips(trips);
    const ids = (list: BoardTrip[]) => list.map(({ id }) => id);
    expect([ids(unassigned), ids(assigned), ids(closed)]).toEqual([["waiting"], ["held", "sent", "risky"], ["over"]]);
  });

  test("a count shows exactly the trips it counts", () => {
    const counts = countTrips(trips);
    expect(counts).toMatchObject({ emergency: 1, unassigned: 1, late: 1, at_risk: 1, not_acknowledged: 1 });
    expect(filtered(trips, "late").map(({ id }) => id)).toEqual(["sent"]);
    expect(filtered(trips, null)).toBe(trips);
  });

  test("only an open emergency stands above the others, and late begins at a whole minute", () => {
    expect(trips.filter(isPinned).map(({ id }) => id)).toEqual(["waiting"]);
    expect([59, 60, 125, null].map((latenessS) => lateMinutes({ latenessS }))).toEqual([0, 1, 2, 0]);
  });
});

describe("how long a trip waits", () => {
  const wait = (part: Partial<BoardTrip>, minutes: number) => waitOf(aTrip(part), at(minutes).getTime());

  test("a call for now counts up from the call, an agreed time counts down and then over", () => {
    expect(wait({ timing: "asap", pickupAt: null }, 1.5)).toEqual({ text: "1m 30s", tone: "warn" });
    expect(wait({}, -30)).toEqual({ text: "in 1 h 00", tone: "none" });
    expect(wait({}, 5)).toEqual({ text: "in 25 min", tone: "warn" });
    expect(wait({}, 32)).toEqual({ text: "2m 00s over", tone: "alert" });
  });

  test("a will call waits for nobody until the rider is ready", () => {
    expect(wait({ timing: "will_call" }, 500)).toEqual({ text: "not ready", tone: "none" });
    expect(wait({ timing: "will_call", readyAt: at(0) }, 31).tone).toBe("alert");
  });

  test("no wait ever looks like a time of day", () => {
    for (let minutes = -300; minutes < 300; minutes += 7) expect(wait({}, minutes).text).not.toMatch(/\d:\d/);
  });
});

describe("who can be sent", () => {
  const blocked = (shiftId: string, ...codes: string[]) => ({
    shiftId,
    vehicleId: "v",
    callSign: shiftId,
    etaS: 60,
    distanceM: 900,
    engine: "graph",
    blockers: codes.map((code) => ({ code, message: code, overridable: code === "on_break" })),
  });
  const view = (...rejected: CandidatesView["rejected"]): CandidatesView => ({ items: [], rejected });

  test("busy alone is answered by queueing, a rule by a reason, the impossible by nothing; what helps comes first", () => {
    const { refused } = offersOf(
      view(
        blocked("a", "places_full"),
        blocked("b", "busy"),
        blocked("c", "on_break"),
        blocked("d", "busy", "on_break"),
      ),
      null,
    );
    expect(refused.map(({ shiftId, way }) => [shiftId, way])).toEqual([
      ["b", "queue"],
      ["c", "override"],
      ["a", "none"],
      ["d", "none"],
    ]);
  });

  test("that another unit has the trip stands in nobody's way to take over, and the holder is not offered again", () => {
    const taken = view(
      blocked("holder", "already_assigned"),
      blocked("other", "already_assigned"),
      blocked("busy", "busy"),
    );
    const { offers, refused } = offersOf(taken, "holder");
    expect(offers.map(({ shiftId }) => shiftId)).toEqual(["other"]);
    expect(refused.map(({ shiftId }) => shiftId)).toEqual(["busy"]);
    expect(offersOf(taken, null).offers).toEqual([]);
  });

  test("a pickup within the hour is dispatched, a later one and a rider who is not ready are reserved", () => {
    expect(usualMode(aTrip({ pickupAt: at(59) }), NOON.getTime())).toBe("dispatch");
    expect(usualMode(aTrip({ pickupAt: at(61) }), NOON.getTime())).toBe("reserve");
    expect(usualMode(aTrip({ timing: "will_call", pickupAt: null }), NOON.getTime())).toBe("reserve");
  });
});
