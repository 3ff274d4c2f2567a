import { describe, expect, test } from "vitest";
import { AppError } from "@/server/errors";
import { GroupCommit } from "./group-commit";

/** A writer whose batches end when the test says so. */
function heldWriter(writers = 1, maxBatch = 10, maxWaiting = 20) {
  const batches: { pieces: string[]; end: (error?: Error) => void }[] = [];
  const queue = new GroupCommit<string, string>({
    writers,
    maxBatch,
    maxWaiting,
    write: (pieces) =>
      new Promise((resolve, reject) => {
        batches.push({ pieces, end: (error) => (error ? reject(error) : resolve(pieces.map((p) => `${p}!`))) });
      }),
  });
  return { queue, batches };
}

describe("group commit", () => {
  test("the first piece goes at once, and what arrives meanwhile is one batch", async () => {
    const { queue, batches } = heldWriter();
    const answers = ["a", "b", "c"].map((piece) => queue.submit(piece));
    expect(batches.map((batch) => batch.pieces)).toEqual([["a"]]);
    batches[0]?.end();
    expect(await answers[0]).toBe("a!");
    expect(batches[1]?.pieces).toEqual(["b", "c"]);
    batches[1]?.end();
    expect(await Promise.all(answers)).toEqual(["a!", "b!", "c!"]);
  });

  test("fresh pieces go before backlog that came first", async () => {
    const { queue, batches } = heldWriter();
    const answers = [queue.submit("a"), queue.submit("old", 8, "backlog"), queue.submit("b", 6), queue.submit("c", 6)];
    batches[0]?.end();
    await answers[0];
    expect(batches[1]?.pieces).toEqual(["b"]);
    batches[1]?.end();
    await answers[2];
    expect(batches[2]?.pieces).toEqual(["c"]);
    batches[2]?.end();
    await answers[3];
    expect(batches[3]?.pieces).toEqual(["old"]);
    batches[3]?.end();
    await Promise.all(answers);
  });

  test("two writers at most", () => {
    const { queue, batches } = heldWriter(2);
    for (const piece of ["a", "b", "c"]) void queue.submit(piece);
    expect(batches.map((batch) => batch.pieces)).toEqual([["a"], ["b"]]);
  });

  test("what arrives within the gap goes together, a full batch does not wait, and an idle queue neither", async () => {
    const sizes: number[] = [];
    const write = (pieces: string[]) => {
      sizes.push(pieces.length);
      return Promise.resolve(pieces);
    };
    const queue = new GroupCommit<string, string>({
      writers: 1,
      maxBatch: 4,
      maxWaiting: 20,
      gapMs: { least: 20, most: 20 },
      write,
    });
    const first = performance.now();
    await queue.submit("a");
    await Promise.all(["b", "c"].map((piece) => queue.submit(piece)));
    expect(performance.now() - first).toBeGreaterThan(15);
    expect(sizes).toEqual([1, 2]);
    await Promise.all(["d", "e", "f", "g"].map((piece) => queue.submit(piece)));
    expect(sizes).toEqual([1, 2, 4]);
    void queue.submit("h");
    await queue.settle();
    expect(sizes).toEqual([1, 2, 4, 1]);
  });

  test("the longer a batch takes, the further apart they begin, within bounds", async () => {
    const begun: number[] = [];
    const write = async (pieces: string[]) => {
      begun.push(performance.now());
      await new Promise((resolve) => setTimeout(resolve, 40));
      return pieces;
    };
    const gapMs = { least: 1, most: 20 };
    const queue = new GroupCommit<string, string>({ writers: 2, maxBatch: 9, maxWaiting: 20, gapMs, write });
    await queue.submit("a");
    await Promise.all([queue.submit("b"), queue.submit("c")]);
    const [, second = 0, third = 0] = begun;
    expect(third - second).toBeGreaterThanOrEqual(19);
    expect(third - second).toBeLessThan(40);
  });

  test("a failed batch fails its pieces and no others", async () => {
    const { queue, batches } = heldWriter();
    const [a, b] = [queue.submit("a"), queue.submit("b")];
    batches[0]?.end(new Error("gone"));
    await expect(a).rejects.toThrow("gone");
    batches[1]?.end();
    expect(await b).toBe("b!");
  });

  test("past the bound it refuses with 503 and a time to come back, but a big piece alone may wait", async () => {
    const { queue } = heldWriter();
    void queue.submit("a");
    void queue.submit("big", 50);
    await expect(queue.submit("b")).rejects.toSatisfy(
      (error) => error instanceof AppError && error.httpStatus === 503 && error.retryAfterS === 2,
    );
  });
});
