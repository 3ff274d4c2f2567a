import { expect, test } from "vitest";
import { SharedReads } from "./shared-read";

/** Readings that end when the test says so; each answers with its number. */
function aSource() {
  const ends: (() => void)[] = [];
  const fails: ((error: Error) => void)[] = [];
  const run = () =>
    new Promise<number>((resolve, reject) => {
      const number = ends.length + 1;
      ends.push(() => resolve(number));
      fails.push(reject);
    });
  return { run, ends, fails, started: () => ends.length };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

test("who asks alone is answered at once, each time anew", async () => {
  const { run, ends } = aSource();
  const reads = new SharedReads();
  const first = reads.read("k", null, run);
  ends[0]?.();
  expect(await first).toBe(1);
  await settle();
  const second = reads.read("k", null, run);
  ends[1]?.();
  expect(await second).toBe(2);
});

test("those who ask while a reading is under way share the next one, never that one", async () => {
  const { run, ends, started } = aSource();
  const reads = new SharedReads();
  const first = reads.read("k", null, run);
  const others = [1, 2, 3].map(() => reads.read("k", null, run));
  await settle();
  expect(started()).toBe(1);
  ends[0]?.();
  expect(await first).toBe(1);
  await settle();
  expect(started()).toBe(2);
  const late = reads.read("k", null, run);
  ends[1]?.();
  expect(await Promise.all(others)).toEqual([2, 2, 2]);
  await settle();
  ends[2]?.();
  expect(await late).toBe(3);
});

test("a reading is told what everybody who shares it asked, and nothing of those who come later", async () => {
  const ends: (() => void)[] = [];
  const asked: string[][] = [];
  const run = (asks: string[]) => {
    asked.push(asks);
    return new Promise<string>((resolve) => ends.push(() => resolve(asks.join("+"))));
  };
  const reads = new SharedReads();
  const first = reads.read("k", "a", run);
  const shared = [reads.read("k", "b", run), reads.read("k", "c", run)];
  ends[0]?.();
  expect(await first).toBe("a");
  await settle();
  const late = reads.read("k", "d", run);
  ends[1]?.();
  expect(await Promise.all(shared)).toEqual(["b+c", "b+c"]);
  await settle();
  ends[2]?.();
  expect(await late).toBe("d");
  expect(asked).toEqual([["a"], ["b", "c"], ["d"]]);
});

test("different questions don't wait for each other", async () => {
  const { run, ends } = aSource();
  const reads = new SharedReads();
  const [one, other] = [reads.read("a", null, run), reads.read("b", null, run)];
  ends[1]?.();
  expect(await other).toBe(2);
  ends[0]?.();
  expect(await one).toBe(1);
});

test("a reading that fails fails for those who share it, and the next one is made", async () => {
  const { run, ends, fails } = aSource();
  const reads = new SharedReads();
  const first = reads.read("k", null, run);
  const next = reads.read("k", null, run);
  fails[0]?.(new Error("away"));
  await expect(first).rejects.toThrow("away");
  await settle();
  ends[1]?.();
  expect(await next).toBe(2);
});
