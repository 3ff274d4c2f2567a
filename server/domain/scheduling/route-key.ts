import type { Problem } from "./problem";
import { seededRandom } from "./random";

/** Names routes by what they serve and the class of their vehicle: two routes of one name differ in order alone. */
export class RouteKeys {
  /** The name after `of`: two halves of 32 bits. */
  high = 0;
  low = 0;
  private readonly bits: Int32Array;

  constructor(private readonly problem: Problem) {
    const random = seededRandom(20_030_731);
    const width = problem.n + problem.m;
    this.bits = Int32Array.from({ length: 2 * width }, () => Math.floor(random.next() * 4294967296) | 0);
  }

  /** Begins the name of a route of this class; `add` its requests in any order. */
  begin(vehicleClass: number): void {
    const at = 2 * (this.problem.n + vehicleClass);
    this.high = this.bits[at] as number;
    this.low = this.bits[at + 1] as number;
  }

  add(request: number): void {
    this.high ^= this.bits[2 * request] as number;
    this.low ^= this.bits[2 * request + 1] as number;
  }
}
