import type { Problem } from "@/server/domain/scheduling/problem";

/** What a search thread is started with. Times are milliseconds since the epoch. */
export type SearchTask = { kind: "search"; problem: Problem; seed: number; startedAt: number; endsAt: number };

/** A plan on its way between threads: nodes by vehicle. */
export type Found = { objective: number; distance: number; unserved: number[]; routes: number[][] };

export type FromSearch =
  | { kind: "found"; found: Found; iterations: number }
  | { kind: "ended"; found: Found; iterations: number };

/** `adopt`: another thread has a better plan; go on from it. */
export type ToSearch = { kind: "stop" } | { kind: "adopt"; found: Found };
