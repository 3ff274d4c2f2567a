import { expect, test } from "vitest";
import { buildProblem } from "@/server/domain/scheduling/build-problem";
import { seededRandom } from "@/server/domain/scheduling/random";
import { randomDay } from "@/server/domain/scheduling/testing";
import { ParallelSearch } from "./parallel-search";

const day = () =>
  randomDay(seededRandom(5), { requests: 30, vehicles: 5, horizonMin: 480, windowMin: 40, rideMin: 50 });

test("threads started from source find a plan for every trip, and end when told to", async () => {
  const startedAt = Date.now();
  const stop = new AbortController();
  const problem = buildProblem(day());
  const search = new ParallelSearch({
    problem,
    seed: 1,
    threads: 2,
    startedAt,
    endsAt: startedAt + 600_000,
    onFault: (fault) => {
      throw fault;
    },
    onBetter: ({ unserved }) => {
      if (unserved.length === 0) stop.abort();
    },
  });
  await search.end(stop.signal);
  expect(search.best?.unserved).toEqual([]);
  const served = search.best?.routes.flat().toSorted((a, b) => a - b);
  expect(served).toEqual(Array.from({ length: 60 }, (_, node) => node));
});
