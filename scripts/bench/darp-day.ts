import { availableParallelism } from "node:os";
import { type Check, printTable, quantile, round } from "@/scripts/bench/lib/report";
import { routesOf } from "@/server/domain/planning/engine-plan";
import { layOut } from "@/server/domain/planning/lay-out";
import type { Layout } from "@/server/domain/planning/layout";
import { openDesk } from "@/server/domain/planning/quote";
import { readPlan } from "@/server/domain/planning/read-plan";
import { randomPlanningDay } from "@/server/domain/planning/testing";
import type { DayPlan, PlanningDay } from "@/server/domain/planning/types";
import { InsertionCache } from "@/server/domain/scheduling/insertion-cache";
import { Plan } from "@/server/domain/scheduling/plan";
import { seededRandom } from "@/server/domain/scheduling/random";
import { insertCheapest } from "@/server/domain/scheduling/recreate";
import { Search } from "@/server/domain/scheduling/search";
import { ParallelSearch } from "@/server/integrations/solver/parallel-search";

const [TRIPS, UNITS, ASKED] = [450, 40, 200];
/** How long it is searched for, unless told otherwise. */
export const DAY_SECONDS = 60;
/** Questions asked before they are timed: a desk that is open has been asked before. */
const WARM_UP = 20;
/** Side of the square that the day's places lie in. */
const SIDE_KM = 30;

type Options = { seconds: number; seed: number; threads: number };

/** The trips in the order of their times, each where it costs least. */
function greedy({ problem }: Layout): Plan {
  const plan = new Plan(problem);
  const cache = new InsertionCache(plan, plan);
  const inOrder = plan.unserved.toSorted((a, b) => (problem.open[a] as number) - (problem.open[b] as number));
  for (const r of inOrder) insertCheapest(plan, cache, r, null);
  return plan;
}

/** Milliseconds from the plain day to a plan of it. */
function firstPlanMs(day: PlanningDay, seed: number): number {
  const begun = performance.now();
  new Search(layOut(day).problem, seed);
  return performance.now() - begun;
}

async function searched({ problem }: Layout, { seconds, seed, threads }: Options): Promise<number[][]> {
  const startedAt = Date.now();
  const ignore = () => undefined;
  const endsAt = startedAt + 1000 * seconds;
  const search = new ParallelSearch({ problem, seed, threads, startedAt, endsAt, onBetter: ignore, onFault: ignore });
  await search.end(new AbortController().signal);
  if (search.best === null) throw new Error("no plan was found");
  return search.best.routes;
}

/** Milliseconds of each answer, with its reasons, to whether one more trip goes into the plan. */
function askedMs(day: PlanningDay, plan: DayPlan, tripIds: readonly string[]): number[] {
  const desk = openDesk(day, plan);
  const timed = tripIds.map((id) => {
    const begun = performance.now();
    desk.quote(id);
    return performance.now() - begun;
  });
  return timed.slice(WARM_UP).toSorted((a, b) => a - b);
}

/**
 * A random day in the product's terms: how soon there is a plan, how much shorter than by inserting trip after trip it
 * gets, and how long one more trip takes to be placed and answered for.
 */
export async function benchDay(seconds: number, seed: number, threads = availableParallelism()) {
  const shape = { trips: TRIPS + ASKED + WARM_UP, units: UNITS, live: false, sideKm: SIDE_KM };
  const all = randomPlanningDay(seededRandom(seed), shape);
  const day = { ...all, trips: all.trips.slice(0, TRIPS) };
  const firstMs = firstPlanMs(day, seed);
  const layout = layOut(day);
  const inOrder = readPlan(layout, greedy(layout));
  const routes = await searched(layout, { seconds, seed, threads });
  const plan = new Plan(layout.problem);
  routes.forEach((nodes, k) => {
    plan.setRoute(k, nodes);
  });
  const best = readPlan(layout, plan);
  const asked = askedMs(
    all,
    best,
    all.trips.slice(TRIPS).map(({ id }) => id),
  );
  const figures = {
    trips: TRIPS,
    vehicles: UNITS,
    firstPlanS: round(firstMs / 1000, 2),
    greedyKm: round(inOrder.totals.distanceM / 1000),
    greedyServed: inOrder.totals.trips,
    searchedKm: round(best.totals.distanceM / 1000),
    searchedServed: best.totals.trips,
    shorterBy: round(100 * (1 - best.totals.distanceM / inOrder.totals.distanceM)),
    askedP50Ms: round(quantile(asked, 0.5) ?? Number.NaN, 2),
    askedP95Ms: round(quantile(asked, 0.95) ?? Number.NaN, 2),
    routes: routesOf(plan).filter((nodes) => nodes.length > 0).length,
  };
  console.log("");
  printTable([figures]);
  const checks: Check[] = [
    { name: "first full plan", wanted: "< 2 s", seen: figures.firstPlanS, met: figures.firstPlanS < 2 },
    {
      name: `shorter than greedy after ${seconds} s`,
      wanted: ">= 15 %",
      seen: figures.shorterBy,
      met: figures.shorterBy >= 15 && figures.searchedServed >= figures.greedyServed,
    },
    { name: "one more trip, p95", wanted: "< 5 ms", seen: figures.askedP95Ms, met: figures.askedP95Ms < 5 },
  ];
  return { figures, checks };
}
