import type { Problem } from "./problem";
import { RouteKeys } from "./route-key";

/** Most routes in a pool; at that number the half that promises least goes. */
const MOST_ROUTES = 150_000;

/** Routes to combine into plans: of those that serve the same requests with the same class of vehicle, the cheapest. */
export class RoutePool {
  /** Routes in the pool, numbered from 0. Numbers change when `thin` is called. */
  size = 0;
  cost = new Float64Array(1024);
  vehicleClass = new Int32Array(1024);
  /** Stops of route c: `stops.subarray(first[c], first[c + 1])`. */
  first = new Int32Array(1025);
  stops = new Int32Array(1 << 15);
  private readonly numberOf = new Map<string, number>();
  private readonly keys: RouteKeys;

  constructor(readonly problem: Problem) {
    this.keys = new RouteKeys(problem);
  }

  get full(): boolean {
    return this.size >= MOST_ROUTES;
  }

  /** Adds routes as a `RouteLog` writes them. */
  addAll(log: Float64Array): void {
    for (let at = 0; at < log.length; ) {
      const count = log[at + 2] as number;
      this.add(log[at] as number, log[at + 1] as number, log.subarray(at + 3, at + 3 + count));
      at += count + 3;
    }
  }

  /** Adds the route of vehicle k over these stops. @returns its number in the pool */
  add(k: number, cost: number, stops: ArrayLike<number>): number {
    const { n, classOf } = this.problem;
    const vehicleClass = classOf[k] as number;
    const { keys } = this;
    keys.begin(vehicleClass);
    for (let at = 0; at < stops.length; at++) if ((stops[at] as number) < n) keys.add(stops[at] as number);
    const key = `${keys.high}/${keys.low}`;
    const known = this.numberOf.get(key);
    if (known !== undefined) {
      if (cost < (this.cost[known] as number)) this.write(known, cost, stops);
      return known;
    }
    const number = this.size++;
    this.reserve(stops.length);
    this.numberOf.set(key, number);
    this.vehicleClass[number] = vehicleClass;
    this.first[number + 1] = (this.first[number] as number) + stops.length;
    this.write(number, cost, stops);
    return number;
  }

  stopsOf(c: number): Int32Array {
    return this.stops.subarray(this.first[c], this.first[c + 1]);
  }

  /** Keeps the half that is worth most. @param shortfall - by route, what it is short of being useful: see `combineRoutes` */
  thin(shortfall: Float64Array): void {
    const kept = Array.from({ length: this.size }, (_, c) => c)
      .sort((a, b) => (shortfall[a] as number) - (shortfall[b] as number))
      .slice(0, MOST_ROUTES / 2)
      .map((c) => ({
        k: this.problem.classOf.indexOf(this.vehicleClass[c] as number),
        cost: this.cost[c] as number,
        stops: this.stopsOf(c).slice(),
      }));
    this.size = 0;
    this.numberOf.clear();
    for (const { k, cost, stops } of kept) this.add(k, cost, stops);
  }

  private write(number: number, cost: number, stops: ArrayLike<number>): void {
    this.cost[number] = cost;
    const first = this.first[number] as number;
    for (let at = 0; at < stops.length; at++) this.stops[first + at] = stops[at] as number;
  }

  private reserve(stops: number): void {
    if (this.size + 1 > this.cost.length) {
      this.cost = grown(this.cost, new Float64Array(2 * this.cost.length));
      this.vehicleClass = grown(this.vehicleClass, new Int32Array(2 * this.vehicleClass.length));
      this.first = grown(this.first, new Int32Array(2 * this.first.length));
    }
    const used = this.first[this.size - 1] as number;
    if (used + stops > this.stops.length) this.stops = grown(this.stops, new Int32Array(2 * this.stops.length));
  }
}

function grown<T extends Float64Array | Int32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
