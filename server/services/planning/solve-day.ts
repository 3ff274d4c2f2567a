import "server-only";
import { diffPlan } from "@/server/domain/planning/diff-plan";
import { manifestPlan, planOf, routesOf } from "@/server/domain/planning/engine-plan";
import { layOut } from "@/server/domain/planning/lay-out";
import { readPlan } from "@/server/domain/planning/read-plan";
import { withLateness } from "@/server/domain/planning/robustness";
import type { DayPlan, PlanDiff, PlanningDay } from "@/server/domain/planning/types";
import type { Found } from "@/server/integrations/solver/messages";
import { searchEngine } from "@/server/integrations/solver/search-engine";

/** The best plan so far, for who waits. */
export type Better = { bestCost: number | null; unservedCount: number | null };
export type Solve = { seed: number; seconds: number; stop: AbortSignal; onBetter: (better: Better) => void };

/** Searches for a plan of a day, beginning from the manifests as they are, and reads it back. */
export async function solveDay(day: PlanningDay, solve: Solve): Promise<{ plan: DayPlan; diff: PlanDiff }> {
  const { seed, seconds, stop, onBetter } = solve;
  const layout = layOut(day);
  const { problem } = layout;
  const start = routesOf(manifestPlan(layout));
  const never = layout.setAside.size + problem.impossible.size;
  const tell = ({ distance, unserved }: Found) =>
    onBetter({ bestCost: distance, unservedCount: never + unserved.length });
  const found = await searchEngine()({ problem, seed, start, seconds, stop, onBetter: tell });
  const plan = withLateness(day, readPlan(layout, planOf(layout, found?.routes ?? start)));
  return { plan, diff: diffPlan(layout, plan) };
}
