import type { LaidDay, ReadDay } from "@/server/domain/planning/laid-day";
import type { PlanningDay } from "@/server/domain/planning/types";
import type { Problem } from "@/server/domain/scheduling/problem";

/** What a thread is started with. Times are milliseconds since the epoch. */
type Times = { startedAt: number; endsAt: number };
/** `start`: routes to go on from, by vehicle; `logged`: routes that the search comes by are told. */
export type SearchTask = {
  kind: "search";
  problem: Problem;
  seed: number;
  start?: number[][];
  logged: boolean;
} & Times;
export type CombineTask = { kind: "combine"; problem: Problem } & Times;

/** A day to lay out for a search; the thread keeps it to read back what the search finds. */
export type LayTask = { kind: "lay"; day: PlanningDay };
export type FromLay = { kind: "laid"; laid: LaidDay } | { kind: "read"; read: ReadDay };
export type ToLay = { kind: "read"; routes: number[][] };

/** A plan on its way between threads: nodes and cost by vehicle. */
export type Found = {
  objective: number;
  distance: number;
  unserved: number[];
  routes: number[][];
  routeCosts: number[];
};

/** `routes`: routes that a search came by, as `RouteLog` writes them. */
export type FromSearch =
  | { kind: "found"; found: Found; iterations: number }
  | { kind: "routes"; routes: Float64Array }
  | { kind: "ended"; found: Found; iterations: number };

/** `adopt`: another thread has a better plan; go on from it. */
export type ToSearch = { kind: "stop" } | { kind: "adopt"; found: Found };

/** What the thread that combines routes is told: the best plan there is, and routes to combine. */
export type ToCombine = { kind: "best"; found: Found } | { kind: "routes"; routes: Float64Array };
export type FromCombine = { kind: "found"; found: Found };
