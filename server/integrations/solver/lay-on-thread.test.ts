import { expect, test } from "vitest";
import { layDay } from "@/server/domain/planning/laid-day";
import { randomPlanningDay } from "@/server/domain/planning/testing";
import { seededRandom } from "@/server/domain/scheduling/random";
import { layOnThread } from "./lay-on-thread";

test("a day laid out and read back on a thread is the same as here, and this thread goes on meanwhile", async () => {
  const day = randomPlanningDay(seededRandom(3), { trips: 40, units: 5, live: true });
  let turns = 0;
  const ticking = setInterval(() => turns++, 1);
  const { read, close, ...laid } = await layOnThread(day);
  const { read: readHere, ...here } = layDay(day);
  expect(laid).toEqual(here);
  const before = turns;
  expect(await read(laid.start)).toEqual(readHere(here.start));
  expect(turns).toBeGreaterThan(before);
  clearInterval(ticking);
  await close();
});

test("what a thread can't do is told, not waited for", async () => {
  const day = randomPlanningDay(seededRandom(3), { trips: 4, units: 2, live: false });
  // Nothing of this shape comes from a build; a thread that fails on anything else ends the same way.
  await expect(layOnThread({ ...day, units: null as unknown as [] })).rejects.toThrow(/units|null/);
});
