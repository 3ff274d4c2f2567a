import { setImmediate as turn } from "node:timers/promises";
import { expect, test } from "vitest";
import { LoopTurns } from "./loop-turns";

/** Works for so many milliseconds, some steps of them after others that were waited for. */
async function work(ms: number): Promise<void> {
  for (let step = 0; step < 4; step++) {
    const untilMs = performance.now() + ms / 4;
    while (performance.now() < untilMs);
    await Promise.resolve();
  }
}

test("turns are given in the order asked, each when the one before has done what it does", async () => {
  const turns = new LoopTurns();
  const done: string[] = [];
  await Promise.all(
    ["a", "b", "c"].map(async (name) => {
      await turns.next();
      done.push(`${name} begins`);
      await work(0.1);
      done.push(`${name} ends`);
    }),
  );
  expect(done).toEqual(["a begins", "a ends", "b begins", "b ends", "c begins", "c ends"]);
});

test("what asks for no turn is done after a few milliseconds, not after all who wait", async () => {
  const turns = new LoopTurns();
  const done: string[] = [];
  const patient = Array.from({ length: 20 }, async (_, n) => {
    await turns.next();
    await work(3);
    done.push(`turn ${n}`);
  });
  const hurried = turn().then(() => done.push("at once"));
  await Promise.all([...patient, hurried]);
  expect(done.indexOf("at once")).toBeLessThan(5);
  expect(done).toHaveLength(21);
});
