import { setImmediate as turn } from "node:timers/promises";
import { expect, test } from "vitest";
import { Turns } from "./turns";

test("so many run at once and no more, in the order they came, also when one fails", async () => {
  const turns = new Turns(2);
  const started: number[] = [];
  const ends: (() => void)[] = [];
  const all = [0, 1, 2, 3].map((n) =>
    turns.run(async () => {
      started.push(n);
      await new Promise<void>((resolve) => ends.push(resolve));
      if (n === 0) throw new Error("broken");
      return n;
    }),
  );
  const settled = Promise.allSettled(all);
  await expect.poll(() => started).toEqual([0, 1]);
  ends[0]?.();
  await expect.poll(() => started).toEqual([0, 1, 2]);
  ends[1]?.();
  await expect.poll(() => started).toEqual([0, 1, 2, 3]);
  for (const end of ends) end();
  expect((await settled).map(({ status }) => status)).toEqual(["rejected", "fulfilled", "fulfilled", "fulfilled"]);
});

test("what came meanwhile is done between two pieces", async () => {
  const turns = new Turns(1);
  const order: string[] = [];
  const big = [1, 2].map((n) => turns.run(async () => void order.push(`big ${n}`)));
  void turn().then(() => order.push("small"));
  await Promise.all(big);
  expect(order).toEqual(["big 1", "small", "big 2"]);
});
