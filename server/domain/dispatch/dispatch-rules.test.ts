import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { assignmentBlockers, standingBlockers, type TripToAssign, type UnitToAssign } from "./assignment-blockers";
import { loadsAlong, routeFits } from "./capacity";
import { deliveryAlarm, deliveryStep } from "./delivery-ladder";
import { estimateStops } from "./estimates";
import { levelSent, meetsLevel } from "./levels";
import { type ManifestStop, reorderReasons, withTrip } from "./manifest";
import { type Candidate, rank } from "./ranking";
import { baselineTravel } from "./travel";

const T0 = new Date("2026-03-02T12:00:00Z");
const at = (minutes: number) => new Date(T0.getTime() + minutes * 60_000);
const seats = (ambulatory: number, wheelchair = 0, stretcher = 0) => ({ ambulatory, wheelchair, stretcher });
const trip = (more: Partial<TripToAssign> = {}): TripToAssign => ({
  id: "t1",
  kind: "transport",
  status: "requested",
  level: "wheelchair",
  priority: "urgent",
  passengers: seats(0, 1),
  needs: [],
  hasDropoff: true,
  pickupAt: T0,
  current: null,
  preferredCrew: [],
  refusedCrew: [],
  apartFrom: [],
  mostAboard: null,
  ...more,
});
const unit = (more: Partial<UnitToAssign> = {}): UnitToAssign => ({
  shiftId: "s1",
  startsAt: at(-60),
  endsAt: at(420),
  signedOnAt: at(-60),
  signedOffAt: null,
  state: "available",
  interruptible: true,
  crew: ["c1"],
  vehicle: { inService: true, levels: ["ambulatory", "wheelchair"], places: seats(3, 2), configurations: [seats(6)] },
  activeTripIds: [],
  positionAgeS: 10,
  route: [],
  aboard: seats(0),
  riding: [],
  ...more,
});

describe("blockers", () => {
  test("a fit unit has none; every reason is named, not the first", () => {
    expect(assignmentBlockers(trip(), unit(), "dispatch")).toEqual([]);
    const bad = unit({ signedOnAt: null, crew: ["c1"], positionAgeS: 700, state: "delayed", activeTripIds: ["t9"] });
    expect(
      assignmentBlockers(trip({ level: "als", passengers: seats(0, 0, 1), needs: ["two_crew"] }), bad, "dispatch"),
    ).toEqual(["off_shift", "level_unmet", "places_full", "busy", "delayed", "stale_position", "crew_too_small"]);
  });
  test("a crew that the rider refuses is named in every mode; who never rides together, or alone, only when shared", () => {
    const other = { tripId: "t9", riderId: "r9", mostAboard: null };
    const asked = trip({ refusedCrew: ["c1"], apartFrom: ["r9"] });
    expect(assignmentBlockers(asked, unit({ riding: [other] }), "reserve")).toEqual(["crew_refused"]);
    expect(assignmentBlockers(asked, unit({ riding: [other] }), "aboard")).toEqual(["crew_refused", "riders_apart"]);
    const alone = unit({ riding: [{ ...other, mostAboard: 1 }] });
    expect(assignmentBlockers(trip(), alone, "aboard")).toEqual(["rides_alone"]);
    expect(assignmentBlockers(trip({ mostAboard: 2 }), unit({ riding: [other] }), "aboard")).toEqual([]);
    expect(assignmentBlockers(trip({ mostAboard: 1 }), unit({ riding: [other] }), "aboard")).toEqual(["rides_alone"]);
    expect(standingBlockers(["crew_refused", "riders_apart", "rides_alone"], "the family asks for it")).toEqual([]);
  });
  test("a reservation needs a shift that covers the pickup, not one that is signed on, free or seen", () => {
    const later = unit({
      signedOnAt: null,
      startsAt: at(100),
      endsAt: at(200),
      activeTripIds: ["t9"],
      positionAgeS: 9999,
    });
    expect(assignmentBlockers(trip({ pickupAt: at(150) }), later, "reserve")).toEqual([]);
    expect(assignmentBlockers(trip({ pickupAt: at(90) }), later, "reserve")).toEqual(["off_shift"]);
    expect(assignmentBlockers(trip({ pickupAt: at(200) }), later, "reserve")).toEqual(["off_shift"]);
  });
  test("a unit that was never heard of is unknown, not stale", () => {
    expect(assignmentBlockers(trip(), unit({ positionAgeS: null }), "dispatch")).toEqual([]);
  });
  test("a break that may be interrupted gives way to an emergency only", () => {
    expect(assignmentBlockers(trip(), unit({ state: "break" }), "dispatch")).toEqual(["on_break"]);
    expect(assignmentBlockers(trip({ priority: "emergency" }), unit({ state: "break" }), "dispatch")).toEqual([]);
  });
  test("another unit's trip is taken, one's own reservation is not", () => {
    const current = { shiftId: "s2", status: "reserved" as const, mode: "reserve" as const };
    expect(assignmentBlockers(trip({ current, status: "reserved" }), unit(), "dispatch")).toEqual(["already_assigned"]);
    const own = { ...current, shiftId: "s1" };
    expect(assignmentBlockers(trip({ current: own, status: "reserved" }), unit(), "dispatch")).toEqual([]);
  });
  test("a reason overrides what is a matter of judgement, never what can't be", () => {
    expect(standingBlockers(["level_unmet", "stale_position"], "only unit near")).toEqual([]);
    expect(standingBlockers(["places_full", "busy", "off_shift"], "please")).toEqual([
      "places_full",
      "busy",
      "off_shift",
    ]);
    expect(standingBlockers(["level_unmet"], "  ")).toEqual(["level_unmet"]);
  });
  test("a shared ride counts who is aboard, in one of the vehicle's set-ups", () => {
    const two = unit({ aboard: seats(0, 2), route: [{ tripId: "a", kind: "dropoff", riders: seats(0, 2) }] });
    expect(assignmentBlockers(trip(), two, "aboard")).toEqual([]);
    expect(assignmentBlockers(trip(), unit({ aboard: seats(0, 2), route: [] }), "aboard")).toEqual(["places_full"]);
    const many = trip({ level: "ambulatory", passengers: seats(5) });
    expect(assignmentBlockers(many, unit(), "aboard")).toEqual([]);
    expect(assignmentBlockers(trip({ level: "ambulatory", passengers: seats(5, 1) }), unit(), "aboard")).toEqual([
      "places_full",
    ]);
  });
});

describe("levels", () => {
  test("a higher medical level serves a lower one; chairs and seats are not a matter of skill", () => {
    expect([meetsLevel(["als"], "bls"), meetsLevel(["bls"], "als"), meetsLevel(["als"], "wheelchair")]).toEqual([
      true,
      false,
      false,
    ]);
    expect(levelSent(["als", "sct"], "bls")).toBe("als");
  });
});

const stop = (id: string, more: Partial<ManifestStop> = {}): ManifestStop => ({
  id,
  kind: id.startsWith("p") ? "pickup" : "dropoff",
  tripId: id.slice(1),
  location: { lng: Number(id.slice(1)) / 100, lat: 40 },
  plannedAt: null,
  fixed: false,
  told: false,
  riders: seats(0, 1),
  ...more,
});
const ids = (stops: ManifestStop[] | null) => stops?.map((s) => s.id).join(" ") ?? null;
const van = { setUps: [seats(3, 2)], aboard: seats(0), at: { lng: 0, lat: 40 } };

describe("the manifest", () => {
  const told = [stop("p1", { fixed: true, told: true }), stop("d1", { told: true })];
  const reserved = [stop("p5", { plannedAt: at(60) }), stop("d5"), stop("p7", { plannedAt: at(120) }), stop("d7")];
  test("stacked goes behind what was told, reserved by time, dispatched first", () => {
    expect(ids(withTrip([...told, ...reserved], [stop("p2"), stop("d2")], "stack", van))).toBe(
      "p1 d1 p2 d2 p5 d5 p7 d7",
    );
    const nine = [stop("p9", { plannedAt: at(90) }), stop("d9")];
    expect(ids(withTrip([...told, ...reserved], nine, "reserve", van))).toBe("p1 d1 p5 d5 p9 d9 p7 d7");
    expect(ids(withTrip(reserved, [stop("p2"), stop("d2")], "dispatch", van))).toBe("p2 d2 p5 d5 p7 d7");
  });
  test("a shared ride goes where it costs least, behind the stop that is reached, and only where it fits", () => {
    const route = [stop("p1", { fixed: true, told: true }), stop("d9", { tripId: "1", told: true })];
    expect(ids(withTrip(route, [stop("p3"), stop("d5")], "aboard", van))).toBe("p1 p3 d5 d9");
    const full = { ...van, setUps: [seats(0, 1)] };
    expect(ids(withTrip(route, [stop("p3"), stop("d5")], "aboard", full))).toBe("p1 d9 p3 d5");
    expect(withTrip(route, [stop("p3", { riders: seats(0, 2) }), stop("d5")], "aboard", full)).toBeNull();
  });
  test("reordering keeps every stop, the reached ones first and a pickup before its drop-off", () => {
    expect(reorderReasons(told, ["d1", "p1"])).toEqual(["stop_fixed", "dropoff_before_pickup"]);
    expect(reorderReasons(told, ["p1"])).toEqual(["not_the_same_stops"]);
    expect(reorderReasons(reserved, ["p7", "p5", "d5", "d7"])).toEqual([]);
  });
  test("whatever is added, nobody is lost, no fixed stop moves and the seats are never overfilled", () => {
    const modes = fc.constantFrom("dispatch", "stack", "aboard", "reserve" as const);
    const additions = fc.array(fc.tuple(modes, fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: 2 })), {
      maxLength: 8,
    });
    fc.assert(
      fc.property(additions, (list) => {
        let stops: ManifestStop[] = [stop("p0", { fixed: true, told: true }), stop("d0", { told: true })];
        let trips = 1;
        list.forEach(([mode, minute, riders], i) => {
          const n = i + 1;
          const more = { riders: seats(0, riders), told: mode !== "reserve" };
          const added = [stop(`p${n}`, { ...more, plannedAt: at(minute) }), stop(`d${n}`, more)];
          const next = withTrip(stops, added, mode, van);
          if (!next) return;
          trips += 1;
          stops = next;
        });
        const firstIsFixed = stops[0]?.id === "p0";
        const paired = stops.every(
          (s) =>
            s.kind !== "dropoff" ||
            stops.findIndex((p) => p.kind === "pickup" && p.tripId === s.tripId) < stops.indexOf(s),
        );
        const sharedFits = list.every(([mode]) => mode === "aboard") ? routeFits(stops, van.setUps) : true;
        return firstIsFixed && paired && sharedFits && stops.length === trips * 2;
      }),
    );
  });
  test("loads come back to nothing when everybody has got out", () => {
    expect(loadsAlong([stop("p1"), stop("p2"), stop("d1"), stop("d2")])).toEqual([
      seats(0, 1),
      seats(0, 2),
      seats(0, 1),
      seats(0),
    ]);
  });
});

describe("the ranking", () => {
  const candidate = (callSign: string, more: Partial<Candidate> = {}): Candidate => ({
    shiftId: callSign,
    vehicleId: callSign,
    callSign,
    levels: ["wheelchair"],
    blockers: [],
    etaS: 600,
    distanceM: 5000,
    engine: "baseline",
    positionAgeS: 5,
    idleS: 0,
    tripsDone: 0,
    preferred: false,
    marginS: null,
    ...more,
  });
  test("a crew that the rider prefers comes before one that is a little nearer, and says so", () => {
    const { items } = rank([candidate("A", { etaS: 400 }), candidate("B", { preferred: true })], "wheelchair");
    expect(items.map(({ callSign }) => callSign)).toEqual(["B", "A"]);
    expect(items[0]?.reasons).toContainEqual(expect.objectContaining({ code: "preferred_crew", points: 10 }));
  });
  test("nearer by time is better, a fit level is better, and every point is explained", () => {
    const { items } = rank(
      [candidate("B", { levels: ["wheelchair", "als"] }), candidate("A"), candidate("C", { etaS: 60 })],
      "wheelchair",
    );
    expect(items.map((one) => one.callSign)).toEqual(["C", "A", "B"]);
    for (const one of items) {
      expect(one.score).toBe(Math.max(0, 95 + one.reasons.reduce((sum, reason) => sum + reason.points, 0)));
    }
  });
  test("unknown positions come last, blocked units are listed with their blockers", () => {
    const { items, rejected } = rank(
      [candidate("A", { etaS: null }), candidate("B", { etaS: 2000 }), candidate("C", { blockers: ["busy"] })],
      "wheelchair",
    );
    expect(items.map((one) => one.callSign)).toEqual(["B", "A"]);
    expect(rejected.map((one) => one.blockers)).toEqual([["busy"]]);
  });
});

describe("times", () => {
  const travel = baselineTravel(() => 12);
  test("the baseline is longer than the straight line and names itself", () => {
    const way = travel({ lng: 0, lat: 40 }, { lng: 0.1, lat: 40 }, T0);
    expect(way?.distanceM).toBeGreaterThan(8_500 * 1.3);
    expect(way).toMatchObject({ engine: "baseline" });
  });
  test("stops are reached in order, and a pickup is not left before its time", () => {
    const stops = ["p1", "d2"].map((id, i) => ({
      ...stop(id),
      plannedAt: i === 0 ? at(60) : null,
      arrivedAt: null,
      departedAt: null,
    }));
    const [first, second] = estimateStops({ lng: 0, lat: 40 }, stops, travel, T0);
    expect(first?.departAt.getTime()).toBeGreaterThanOrEqual(at(60).getTime());
    expect(second?.arriveAt.getTime()).toBeGreaterThan(first?.departAt.getTime() ?? Infinity);
    expect(estimateStops(null, stops, travel, T0)).toEqual([]);
  });
  test("a dispatch without an answer warns after 60 s and alerts after 90 s", () => {
    const sent = { sentAt: T0, onPhoneAt: null, seenAt: null, acknowledgedAt: null };
    const alarms = [59, 60, 89, 90].map((s) => deliveryAlarm(sent, new Date(T0.getTime() + s * 1000)));
    expect(alarms).toEqual(["none", "warn", "warn", "alert"]);
    expect(deliveryAlarm({ ...sent, acknowledgedAt: at(1) }, at(9))).toBe("none");
    expect(deliveryStep({ ...sent, seenAt: at(1) })).toBe("seen");
  });
});
