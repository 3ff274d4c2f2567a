import { expect, test } from "vitest";
import { Turns } from "@/server/turns";
import { SharedReads } from "./shared-read";

/** Readings that end when the test says so; each answers with its number and what was asked. */
function aSource() {
  const ends: (() => void)[] = [];
  const fails: ((error: Error) => void)[] = [];
  const run = (asks: string[]) =>
    new Promise<string>((resolve, reject) => {
      const number = ends.length + 1;
      ends.push(() => resolve(`${number}: ${asks.join("+")}`));
      fails.push(reject);
    });
  return { run, ends, fails, begun: (count: number) => expect.poll(() => ends.length).toBe(count) };
}

const sharedReads = () => new SharedReads(new Turns(2));

test("who asks alone is answered at once, each time anew", async () => {
  const { run, ends, begun } = aSource();
  const reads = sharedReads();
  const first = reads.read("k", "a", run);
  await begun(1);
  ends[0]?.();
  expect(await first).toBe("1: a");
  const second = reads.read("k", "b", run);
  await begun(2);
  ends[1]?.();
  expect(await second).toBe("2: b");
});

test("those who ask before a reading begins share it; those who ask while it is under way share the next one", async () => {
  const { run, ends, begun } = aSource();
  const reads = sharedReads();
  const early = ["a", "b"].map((ask) => reads.read("k", ask, run));
  await begun(1);
  const others = ["c", "d", "e"].map((ask) => reads.read("k", ask, run));
  ends[0]?.();
  expect(await Promise.all(early)).toEqual(["1: a+b", "1: a+b"]);
  await begun(2);
  const late = reads.read("k", "f", run);
  ends[1]?.();
  expect(await Promise.all(others)).toEqual(Array.from({ length: 3 }, () => "2: c+d+e"));
  await begun(3);
  ends[2]?.();
  expect(await late).toBe("3: f");
});

test("different questions don't wait for each other as long as there are places", async () => {
  const { run, ends, begun } = aSource();
  const reads = sharedReads();
  const [one, other, third] = ["x", "y", "z"].map((key) => reads.read(key, key, run));
  await begun(2);
  // Waiting for a place it has not begun: it is told of who comes now.
  const alike = reads.read("z", "later", run);
  ends[1]?.();
  expect(await other).toBe("2: y");
  await begun(3);
  ends[2]?.();
  expect(await Promise.all([third, alike])).toEqual(["3: z+later", "3: z+later"]);
  ends[0]?.();
  expect(await one).toBe("1: x");
});

test("a reading that fails fails for those who share it, and the next one is made", async () => {
  const { run, ends, fails, begun } = aSource();
  const reads = sharedReads();
  const first = reads.read("k", "a", run);
  const failed = expect(first).rejects.toThrow("away");
  await begun(1);
  const next = reads.read("k", "b", run);
  fails[0]?.(new Error("away"));
  await failed;
  await begun(2);
  ends[1]?.();
  expect(await next).toBe("2: b");
});

test("what asks for no turn is done between two callers who share a reading", async () => {
  const { run, ends, begun } = aSource();
  const reads = sharedReads();
  const order: string[] = [];
  const callers = ["a", "b"].map((ask) => reads.read("k", ask, run).then(() => order.push(ask)));
  await begun(1);
  ends[0]?.();
  await callers[0];
  await new Promise<void>((resolve) => setImmediate(resolve)).then(() => order.push("a press"));
  await Promise.all(callers);
  expect(order[0]).toBe("a");
  expect(order).toHaveLength(3);
});
