import { guarded, type Packed, pack } from "./places";
import type { Problem, ProblemInput, RequestInput, StopInput, VehicleInput } from "./problem";

const isTime = (value: number) => Number.isFinite(value);
const isDuration = (value: number) => value >= 0;

function stopFault(stop: StopInput, size: number): string | null {
  if (!Number.isInteger(stop.place) || stop.place < 0 || stop.place >= size) return "its place is unknown";
  if (!isTime(stop.serviceMin) || stop.serviceMin < 0) return "its service time is not a duration";
  if (!isTime(stop.earliest) || !isTime(stop.latest)) return "its window is not a time";
  return stop.latest < stop.earliest ? "its window ends before it begins" : null;
}

/** What makes a request unusable as it was entered. @returns the reason, or null */
function requestFault(request: RequestInput, size: number): string | null {
  const pickup = stopFault(request.pickup, size);
  if (pickup) return `pickup: ${pickup}`;
  const dropoff = stopFault(request.dropoff, size);
  if (dropoff) return `drop-off: ${dropoff}`;
  if (!isDuration(request.maxRideMin)) return "its ride limit is not a duration";
  try {
    pack(request.riders);
    return null;
  } catch (error) {
    return error instanceof RangeError ? error.message : "its riders cannot be counted";
  }
}

/**
 * Checks vehicles and matrix, which have to be sound as a whole.
 * @throws RangeError naming what is wrong
 */
function refuseFaults({ vehicles, travel }: ProblemInput): void {
  const cells = travel.size * travel.size;
  if (travel.minutes.length !== cells || travel.cost.length !== cells)
    throw new RangeError("the travel matrix is not square");
  for (const vehicle of vehicles) {
    const inside = [vehicle.start, vehicle.end].every((p) => Number.isInteger(p) && p >= 0 && p < travel.size);
    if (!inside) throw new RangeError(`vehicle ${vehicle.id}: its base is unknown`);
    if (!isTime(vehicle.earliest) || !isTime(vehicle.latest))
      throw new RangeError(`vehicle ${vehicle.id}: its shift is not a time`);
    if (!isDuration(vehicle.maxRouteMin)) throw new RangeError(`vehicle ${vehicle.id}: its route limit is no duration`);
    if (vehicle.setUps.length === 0) throw new RangeError(`vehicle ${vehicle.id}: it has no places`);
  }
}

/** A cell of the matrix as the search can use it: what is no number or negative cannot be driven. */
const usable = (value: number) => (value >= 0 ? value : Number.POSITIVE_INFINITY);

function spread(input: ProblemInput, placeOf: Int32Array, cells: Float64Array): Float64Array {
  const nodes = placeOf.length;
  const { size } = input.travel;
  const out = new Float64Array(nodes * nodes);
  for (let u = 0; u < nodes; u++) {
    const row = (placeOf[u] as number) * size;
    for (let v = 0; v < nodes; v++) out[u * nodes + v] = usable(cells[row + (placeOf[v] as number)] ?? Number.NaN);
  }
  return out;
}

function classesOf(vehicles: readonly VehicleInput[], allowed: Uint8Array): Int32Array {
  const seen = new Map<string, number>();
  const m = vehicles.length;
  return Int32Array.from(vehicles, (vehicle, k) => {
    const refusals = allowed.filter((_allowed, at) => at % m === k).join("");
    const key = JSON.stringify([{ ...vehicle, id: null }, refusals]);
    const known = seen.get(key) ?? seen.size;
    seen.set(key, known);
    return known;
  });
}

/** Narrows the windows of one request by its ride limit and the way between. @returns false when nothing is left */
function narrow(problem: Problem, request: number): boolean {
  const { n, nodes, open, close, service, time, maxRide } = problem;
  const [p, d] = [request, n + request];
  const way = (service[p] as number) + (time[p * nodes + d] as number);
  const most = (service[p] as number) + (maxRide[request] as number);
  open[d] = Math.max(open[d] as number, (open[p] as number) + way);
  close[p] = Math.min(close[p] as number, (close[d] as number) - way);
  open[p] = Math.max(open[p] as number, (open[d] as number) - most);
  close[d] = Math.min(close[d] as number, (close[p] as number) + most);
  return way <= most && (open[p] as number) <= (close[p] as number) && (open[d] as number) <= (close[d] as number);
}

type Arrays = { -readonly [K in keyof Problem]: Problem[K] };

function fillRequest(problem: Arrays, request: RequestInput, r: number): void {
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
  problem.maxRide[r] = request.maxRideMin;
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
  problem.maxRoute[k] = vehicle.maxRouteMin;
  problem.places[k] = guarded(pack(mostGenerous(vehicle.setUps)));
  return vehicle.setUps.map((places) => guarded(pack(places)));
}

/** Requests that even an empty day could not serve, on any vehicle. */
function alone(problem: Problem, impossible: Map<number, string>): void {
  const { n, m, nodes, time, allowed } = problem;
  for (let r = 0; r < n; r++) {
    if (impossible.has(r)) continue;
    if (time[r * nodes + n + r] === Number.POSITIVE_INFINITY) impossible.set(r, "no way leads from pickup to drop-off");
    else if (!narrow(problem, r)) impossible.set(r, "its windows, its way and its ride limit exclude each other");
    else if (m === 0) impossible.set(r, "there is no vehicle");
    else if (!allowed.subarray(r * m, r * m + m).includes(1)) impossible.set(r, "every vehicle is refused");
  }
}

/**
 * Lays a day out for the search. A request that cannot be used is left out with its reason; the rest is planned.
 * @throws RangeError when the travel matrix or a vehicle is unsound
 */
export function buildProblem(input: ProblemInput): Problem {
  refuseFaults(input);
  const { requests, vehicles, travel } = input;
  const [n, m] = [requests.length, vehicles.length];
  const nodes = 2 * (n + m);
  const impossible = new Map<number, string>();
  requests.forEach((request, r) => {
    const fault = requestFault(request, travel.size);
    if (fault) impossible.set(r, fault);
  });
  const at = (r: number, place: number) => (impossible.has(r) ? 0 : place);
  const placeOf = Int32Array.from([
    ...requests.map((request, r) => at(r, request.pickup.place)),
    ...requests.map((request, r) => at(r, request.dropoff.place)),
    ...vehicles.map((vehicle) => vehicle.start),
    ...vehicles.map((vehicle) => vehicle.end),
  ]);
  const allowed = new Uint8Array(n * m).fill(1);
  requests.forEach((request, r) => {
    for (const k of request.refused ?? []) if (k >= 0 && k < m) allowed[r * m + k] = 0;
  });
  const time = spread(input, placeOf, travel.minutes);
  const cost = travel.cost === travel.minutes ? time : spread(input, placeOf, travel.cost);
  const problem: Arrays = {
    n,
    m,
    nodes,
    time,
    cost,
    allowed,
    impossible,
    service: new Float64Array(nodes),
    open: new Float64Array(nodes),
    close: new Float64Array(nodes),
    maxRide: new Float64Array(n),
    riders: new Int32Array(nodes),
    places: new Int32Array(m),
    setUps: [],
    maxRoute: new Float64Array(m),
    classOf: classesOf(vehicles, allowed),
    absence: 0,
  };
  requests.forEach((request, r) => {
    if (!impossible.has(r)) fillRequest(problem, request, r);
  });
  problem.setUps = vehicles.map((vehicle, k) => fillVehicle(problem, vehicle, k));
  problem.absence = 10 * cost.reduce((most, value) => (Number.isFinite(value) && value > most ? value : most), 1);
  alone(problem, impossible);
  return problem;
}
