import type { Plan } from "@/server/domain/scheduling/plan";
import type { Random } from "@/server/domain/scheduling/random";
import { Search } from "@/server/domain/scheduling/search";
import { manifestPlan, planOf, routesOf } from "./engine-plan";
import type { Layout } from "./layout";
import type { PlanningDay, PlanningStop, PlanningTrip, PlanningUnit, TripEnd } from "./types";
import { USUAL_WEIGHTS } from "./weights";

const H = 3_600;
const NOBODY = { ambulatory: 0, wheelchair: 0, stretcher: 0 };

/** What a random day of a test is made of. */
export type DayShape = {
  trips: number;
  units: number;
  /** Riders aboard, locked stops, breaks, groups, wishes: everything a live day has. */
  live: boolean;
  bands?: number;
  /** Side of the square that places lie in, in km. */
  sideKm?: number;
};

function travelAmong(points: readonly (readonly [number, number])[], bands: number): PlanningDay["travel"] {
  const size = points.length;
  const metres = points.flatMap(([x, y]) => points.map(([a, b]) => Math.round(1000 * Math.hypot(x - a, y - b))));
  return {
    size,
    bands: Array.from({ length: bands }, (_, band) => ({
      fromS: band * 3 * H,
      durationsS: metres.map((m) => Math.round((m / 11) * (1 + 0.3 * (band % 2)))),
      distancesM: metres,
    })),
  };
}

function tripOf(random: Random, at: number, pickup: number, dropoff: number): PlanningTrip {
  const outbound = random.int(2) === 0;
  const timeS = Math.round((1 + 8 * random.next()) * H);
  const end = (placeIndex: number, bound: boolean): TripEnd => ({
    placeIndex,
    serviceS: 60 + random.int(180),
    earliestS: bound ? timeS - 900 : 0,
    latestS: bound ? timeS + 900 : 12 * H,
  });
  const chair = random.int(3) === 0;
  return {
    id: `t${at}`,
    ref: `10${at}`,
    priority: "scheduled",
    level: chair ? "wheelchair" : "ambulatory",
    riders: chair ? { ...NOBODY, wheelchair: 1 } : { ...NOBODY, ambulatory: 1 },
    companions: random.int(5) === 0 ? { ...NOBODY, ambulatory: 1 } : NOBODY,
    pickup: end(pickup, !outbound),
    dropoff: end(dropoff, outbound),
    maxRideS: 2_700 + random.int(1_800),
    willCall: false,
    readyAtS: null,
    shareable: random.int(5) !== 0,
    mostAboard: random.int(4) === 0 ? 1 + random.int(2) : null,
    preferredCrewIds: random.int(5) === 0 ? ["c0"] : [],
    refusedCrewIds: random.int(5) === 0 ? ["c1"] : [],
    blockedUnits: random.int(8) === 0 ? [{ unitId: "u0", code: "credential_missing" }] : [],
    currentUnitId: null,
    locked: false,
    aboard: false,
    loadedAtS: null,
  };
}

function unitOf(random: Random, k: number, place: number, live: boolean): PlanningUnit {
  return {
    id: `u${k}`,
    callSign: `W${k}`,
    manifestVersion: 1 + k,
    startPlaceIndex: place,
    availableS: 0,
    endPlaceIndex: place,
    shiftStartS: 0,
    shiftEndS: (9 + random.int(3)) * H,
    maxRouteS: random.int(3) === 0 ? 9 * H : null,
    onRoad: random.int(2) === 0,
    configurations: [
      { ...NOBODY, ambulatory: 3, wheelchair: 1 },
      ...(k % 2 ? [{ ...NOBODY, ambulatory: 1, wheelchair: 2 }] : []),
    ],
    levels: k % 4 === 3 ? ["ambulatory"] : ["ambulatory", "wheelchair"],
    emergencyCapable: k % 2 === 0,
    crewIds: [`c${k}`],
    breaks:
      live && random.int(2) === 0
        ? [
            {
              id: `b${k}`,
              earliestS: 4 * H,
              latestS: 6 * H,
              durationS: 1_800,
              placeIndex: random.int(2) ? null : place,
            },
          ]
        : [],
    stops: [],
  };
}

const stopOf = (trip: PlanningTrip, kind: "pickup" | "dropoff", fixed: boolean): PlanningStop => ({
  id: `${trip.id}-${kind}`,
  kind,
  tripId: trip.id,
  placeIndex: (kind === "pickup" ? trip.pickup : (trip.dropoff ?? trip.pickup)).placeIndex,
  plannedS: null,
  serviceS: (kind === "pickup" ? trip.pickup : (trip.dropoff ?? trip.pickup)).serviceS,
  fixed,
  arrivedAtS: null,
});

/** Gives a unit a rider aboard, a locked pickup, a locked post and a trip that may be moved. */
function begin(
  random: Random,
  unit: PlanningUnit,
  trips: PlanningTrip[],
): { unit: PlanningUnit; trips: PlanningTrip[] } {
  const [aboard, told, free] = trips;
  if (!aboard || !told || !free) return { unit, trips };
  const own = {
    currentUnitId: unit.id,
    shareable: true,
    mostAboard: null,
    riders: { ...NOBODY, ambulatory: 1 },
    companions: NOBODY,
  };
  const riding = { ...aboard, ...own, aboard: true, loadedAtS: -300 };
  const locked = { ...told, ...own, locked: true };
  const kept = { ...free, ...own };
  const post: PlanningStop = {
    id: `${unit.id}-post`,
    kind: "post",
    tripId: null,
    placeIndex: random.int(2) ? null : unit.endPlaceIndex,
    plannedS: null,
    serviceS: 300,
    fixed: true,
    arrivedAtS: null,
  };
  return {
    unit: {
      ...unit,
      onRoad: true,
      stops: [
        post,
        stopOf(locked, "pickup", true),
        stopOf(riding, "dropoff", false),
        stopOf(locked, "dropoff", false),
        stopOf(kept, "pickup", false),
        stopOf(kept, "dropoff", false),
      ],
    },
    trips: [riding, locked, kept],
  };
}

/** A random day for tests. */
export function randomPlanningDay(random: Random, shape: DayShape): PlanningDay {
  const { trips: n, units: m, live, bands = 1, sideKm = 14 } = shape;
  const size = 2 * n + 2;
  const points = Array.from({ length: size }, () => [sideKm * random.next(), sideKm * random.next()] as const);
  let trips = Array.from({ length: n }, (_, at) => tripOf(random, at, 2 * at, 2 * at + 1));
  const units = Array.from({ length: m }, (_, k) => unitOf(random, k, size - 1 - (k % 2), live));
  if (live)
    for (let k = 0; k < Math.min(m, Math.floor(n / 4)); k++) {
      const begun = begin(random, units[k] as PlanningUnit, trips.slice(3 * k, 3 * k + 3));
      units[k] = begun.unit;
      trips = [...trips.slice(0, 3 * k), ...begun.trips, ...trips.slice(3 * k + 3)];
    }
  const last = n - 1;
  return {
    originAt: "2026-03-08T05:00:00Z",
    timeZone: "America/New_York",
    nowS: 0,
    trips,
    units,
    travel: travelAmong(points, bands),
    keepTogether: live && n > 8 ? [[`t${last}`, `t${last - 1}`]] : [],
    keepApart: live && n > 8 ? [[`t${last - 2}`, `t${last - 3}`]] : [],
    reserve: live ? [{ id: "z", name: "North", placeIndexes: [size - 1], units: 1 }] : [],
    mostAboard: random.int(3) === 0 ? 2 + random.int(2) : null,
    weights: USUAL_WEIGHTS,
  };
}

/** Plans a day on this thread alone: the same seed gives the same plan. */
export function searchPlan(layout: Layout, seed: number, iterations: number): Plan {
  const search = new Search(layout.problem, seed);
  search.adopt(routesOf(manifestPlan(layout)));
  const slices = 20;
  for (let slice = 0; slice < slices; slice++) {
    search.progress = slice / slices;
    search.run(Math.ceil(iterations / slices));
  }
  return planOf(layout, routesOf(search.best));
}
