import type { Problem } from "@/server/domain/scheduling/problem";
import { diffPlan } from "./diff-plan";
import { manifestPlan, planOf, type Routes, routesOf } from "./engine-plan";
import { layOut } from "./lay-out";
import { readPlan } from "./read-plan";
import { withLateness } from "./robustness";
import type { DayPlan, PlanDiff, PlanningDay } from "./types";

/** A day laid out for a search: where it begins, and how many trips no search can place. */
export type LaidDay = { problem: Problem; start: number[][]; never: number };
/** What a search found, as people read it. */
export type ReadDay = { plan: DayPlan; diff: PlanDiff };

/** Lays a day out for a search that begins from the manifests as they are, and reads back what it finds. */
export function layDay(day: PlanningDay): LaidDay & { read: (routes: Routes) => ReadDay } {
  const layout = layOut(day);
  const { problem, setAside } = layout;
  return {
    problem,
    start: routesOf(manifestPlan(layout)),
    never: setAside.size + problem.impossible.size,
    read: (routes) => {
      const plan = withLateness(day, readPlan(layout, planOf(layout, routes)));
      return { plan, diff: diffPlan(layout, plan) };
    },
  };
}
