import { refuseFaults, requestFault } from "./input-faults";
import { bandedMatrix, constantMatrix, type PlaceOf, quickest } from "./node-matrix";
import { guarded, type Packed, pack } from "./places";
import type { GivenStop, Problem, ProblemInput, RequestInput, SoftLimit, VehicleInput } from "./problem";
import { pairCosts, partners } from "./side-rules";

/** Why a request is impossible that goes with an impossible one. */
export const PARTNER_IMPOSSIBLE = "it goes with one that cannot be served";

type Arrays = { -readonly [K in keyof Problem]: Problem[K] };

function classesOf({ requests, vehicles }: ProblemInput, allowed: Uint8Array): Int32Array {
  const seen = new Map<string, number>();
  const m = vehicles.length;
  if (m === 1) return new Int32Array(1);
  return Int32Array.from(vehicles, (vehicle, k) => {
    const refusals = allowed.filter((_allowed, at) => at % m === k).join("");
    const costs = requests.map(({ costs }) => costs?.[k] ?? 0).join();
    const own = vehicle.fixed?.length || vehicle.visits?.length ? k : null;
    const key = JSON.stringify([{ ...vehicle, id: null }, refusals, costs, own]);
    const known = seen.get(key) ?? seen.size;
    seen.set(key, known);
    return known;
  });
}

/** Narrows the windows of one request by its ride limit and the way between. @returns false when nothing is left */
function narrow(problem: Problem, request: number, direct: number): boolean {
  const { n, open, close, service, maxRide } = problem;
  const [p, d] = [request, n + request];
  const way = (service[p] as number) + direct;
  const most = (service[p] as number) + (maxRide[request] as number);
  open[d] = Math.max(open[d] as number, (open[p] as number) + way);
  close[p] = Math.min(close[p] as number, (close[d] as number) - way);
  open[p] = Math.max(open[p] as number, (open[d] as number) - most);
  close[d] = Math.min(close[d] as number, (close[p] as number) + most);
  return way <= most && (open[p] as number) <= (close[p] as number) && (open[d] as number) <= (close[d] as number);
}

function fillSoft(problem: Arrays, node: number, limit: SoftLimit): void {
  const zero = () => new Float64Array(problem.nodes);
  problem.soft ??= { due: zero(), latePerMin: zero(), bufferMin: zero(), bufferPerMin: zero() };
  problem.soft.due[node] = limit.due;
  problem.soft.latePerMin[node] = limit.latePerMin;
  problem.soft.bufferMin[node] = limit.bufferMin;
  problem.soft.bufferPerMin[node] = limit.bufferPerMin;
}

/** Writes what a request says into its two nodes. */
export function fillRequest(problem: Arrays, request: RequestInput, r: number): void {
  const { n } = problem;
  for (const [node, stop] of [
    [r, request.pickup],
    [n + r, request.dropoff],
  ] as const) {
    problem.service[node] = stop.serviceMin;
    problem.open[node] = stop.earliest;
    problem.close[node] = stop.latest;
    problem.riders[node] = pack(request.riders);
  }
  if (request.soft) {
    fillSoft(problem, r, request.soft.pickup);
    fillSoft(problem, n + r, request.soft.dropoff);
  }
  problem.maxRide[r] = request.maxRideMin;
  problem.absences[r] = problem.absence * (request.importance ?? 1);
}

/** The most places of each kind over all set-ups: what a load has to fit into before set-ups are looked at. */
const mostGenerous = (setUps: readonly (readonly number[])[]): number[] =>
  (setUps[0] ?? []).map((_, kind) => Math.max(...setUps.map((places) => places[kind] ?? 0)));

function fillVehicle(problem: Arrays, vehicle: VehicleInput, k: number): readonly Packed[] {
  const { n, m } = problem;
  for (const node of [2 * n + k, 2 * n + m + k]) {
    problem.open[node] = vehicle.earliest;
    problem.close[node] = vehicle.latest;
  }
  if (vehicle.soft) fillSoft(problem, 2 * n + m + k, vehicle.soft);
  problem.idleIsFree[k] = vehicle.out ? 0 : 1;
  problem.maxRoute[k] = vehicle.maxRouteMin;
  problem.places[k] = guarded(pack(mostGenerous(vehicle.setUps)));
  return vehicle.setUps.map((places) => guarded(pack(places)));
}

/** Numbers the visits of all vehicles and says what is given of each route. */
function fillGiven(problem: Arrays, vehicles: readonly VehicleInput[]): Problem["given"] {
  const { n, m } = problem;
  let node = 2 * (n + m);
  return vehicles.map((vehicle, k) => {
    const numbers = (vehicle.visits ?? []).map((visit) => {
      problem.service[node] = visit.serviceMin;
      problem.open[node] = visit.earliest;
      problem.close[node] = visit.latest;
      problem.floating[node] = visit.place === null ? 1 : 0;
      return node++;
    });
    const nodeOf = (stop: GivenStop): number =>
      "visit" in stop ? (numbers[stop.visit] as number) : stop.request + (stop.end === "pickup" ? 0 : n);
    const fixed = (vehicle.fixed ?? []).map(nodeOf);
    for (const v of fixed) problem.pinned[v] = 1;
    problem.lastFixed[k] = fixed.at(-1) ?? 2 * n + k;
    if (numbers.some((v) => problem.floating[v] === 0)) problem.idleIsFree[k] = 0;
    return {
      fixed,
      owed: (vehicle.owed ?? []).map((r) => n + r),
      visits: numbers.filter((v) => !fixed.includes(v)),
    };
  });
}

/** Requests that even an empty day could not serve, on any vehicle. */
function alone(problem: Problem, impossible: Map<number, string>): void {
  const { n, m, nodes, time, allowed, pinned } = problem;
  for (let r = 0; r < n; r++) {
    if (impossible.has(r)) continue;
    const direct = time[r * nodes + n + r] as number;
    if (pinned[r] === 1) {
      // Its rider gets out by way of other stops, if not directly.
      if (Number.isFinite(direct)) narrow(problem, r, direct);
      continue;
    }
    if (direct === Number.POSITIVE_INFINITY) impossible.set(r, "no way leads from pickup to drop-off");
    else if (!narrow(problem, r, direct))
      impossible.set(r, "its windows, its way and its ride limit exclude each other");
    else if (m === 0) impossible.set(r, "there is no vehicle");
    else if (!allowed.subarray(r * m, r * m + m).includes(1)) impossible.set(r, "every vehicle is refused");
  }
}

/** Requests that go with one that cannot be served. */
function withPartners({ together, pinned }: Problem, impossible: Map<number, string>): void {
  together?.forEach((group, r) => {
    if (group?.some((other) => impossible.has(other)) && !impossible.has(r) && pinned[r] === 0)
      impossible.set(r, PARTNER_IMPOSSIBLE);
  });
}

/** Works out travel from node to node; with bands by what windows leave of them, without touching the windows. */
function fillTravel(problem: Arrays, { travel, vehicles }: ProblemInput, placeOf: PlaceOf): void {
  const { bands } = travel;
  const { n, nodes, impossible } = problem;
  if (!bands || bands.length === 0) {
    Object.assign(problem, constantMatrix(travel, placeOf));
  } else {
    const [open, close] = [problem.open.slice(), problem.close.slice()];
    for (let r = 0; r < n; r++) {
      const [from, to] = [placeOf[r] as number, placeOf[n + r] as number];
      const direct = quickest(bands, travel.size, from, to);
      // Riders aboard may have no direct way, and yet get there by other stops: that says nothing about when.
      if (!impossible.has(r) && Number.isFinite(direct)) narrow(problem, r, direct);
    }
    Object.assign(problem, bandedMatrix(travel, bands, placeOf, problem));
    problem.open.set(open);
    problem.close.set(close);
  }
  if (vehicles.some(({ useCost }) => useCost)) problem.cost = problem.cost.slice();
  vehicles.forEach(({ useCost = 0 }, k) => {
    const start = 2 * n + k;
    if (useCost > 0)
      for (let v = 0; v < 2 * n; v++)
        problem.cost[start * nodes + v] = useCost + (problem.cost[start * nodes + v] as number);
  });
}

/** Where each node is. Unusable requests are put anywhere: nothing looks at them. */
function placesOfNodes({ requests, vehicles }: ProblemInput, impossible: ReadonlyMap<number, string>): PlaceOf {
  const at = (r: number, place: number) => (impossible.has(r) ? 0 : place);
  return Int32Array.from([
    ...requests.map((request, r) => at(r, request.pickup.place)),
    ...requests.map((request, r) => at(r, request.dropoff.place)),
    ...vehicles.map((vehicle) => vehicle.start),
    ...vehicles.map((vehicle) => vehicle.end),
    ...vehicles.flatMap((vehicle) => (vehicle.visits ?? []).map((visit) => visit.place ?? -1)),
  ]);
}

function emptyProblem(input: ProblemInput, nodes: number): Arrays {
  const { requests, vehicles } = input;
  const [n, m] = [requests.length, vehicles.length];
  const allowed = new Uint8Array(n * m).fill(1);
  requests.forEach((request, r) => {
    for (const k of request.refused ?? []) if (k >= 0 && k < m) allowed[r * m + k] = 0;
  });
  return {
    n,
    m,
    nodes,
    allowed,
    time: new Float64Array(0),
    cost: new Float64Array(0),
    impossible: new Map(),
    service: new Float64Array(nodes),
    open: new Float64Array(nodes),
    close: new Float64Array(nodes),
    maxRide: new Float64Array(n),
    riders: new Int32Array(nodes),
    places: new Int32Array(m),
    setUps: [],
    maxRoute: new Float64Array(m),
    classOf: classesOf(input, allowed),
    absence: 1,
    absences: new Float64Array(n).fill(1),
    pairCost: pairCosts(requests, m),
    soft: null,
    floating: new Uint8Array(nodes),
    given: [],
    lastFixed: new Int32Array(m),
    pinned: new Uint8Array(nodes),
    idleIsFree: new Uint8Array(m),
    ...partners(input),
    reserve: input.reserve ?? null,
  };
}

/**
 * Lays a day out for the search. A request that cannot be used is left out with its reason; the rest is planned.
 * @throws RangeError when the travel matrix or a vehicle is unsound
 */
export function buildProblem(input: ProblemInput): Problem {
  refuseFaults(input);
  const { requests, vehicles, travel } = input;
  const impossible = new Map<number, string>();
  requests.forEach((request, r) => {
    const fault = requestFault(request, travel.size);
    if (fault) impossible.set(r, fault);
  });
  const placeOf = placesOfNodes(input, impossible);
  const problem = emptyProblem(input, placeOf.length);
  problem.impossible = impossible;
  requests.forEach((request, r) => {
    if (!impossible.has(r)) fillRequest(problem, request, r);
  });
  problem.setUps = vehicles.map((vehicle, k) => fillVehicle(problem, vehicle, k));
  problem.given = fillGiven(problem, vehicles);
  fillTravel(problem, input, placeOf);
  let dearest = 1;
  for (const value of problem.cost) if (value > dearest && value < Number.POSITIVE_INFINITY) dearest = value;
  problem.absence = Math.max(10 * dearest, input.leastAbsence ?? 0);
  requests.forEach(({ importance = 1 }, r) => {
    problem.absences[r] = problem.absence * importance;
  });
  alone(problem, impossible);
  withPartners(problem, impossible);
  return problem;
}
