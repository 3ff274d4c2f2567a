import { expect, test } from "vitest";
import { gate } from "./gate";

test("no more than allowed run at once, everybody who fits in the queue gets a turn, the rest is sent away", async () => {
  const pass = gate({ running: 2, waiting: 3 });
  let inside = 0;
  let most = 0;
  const visit = () =>
    pass(async () => {
      most = Math.max(most, ++inside);
      await new Promise((resolve) => setImmediate(resolve));
      inside--;
    });
  const results = await Promise.allSettled(Array.from({ length: 6 }, visit));
  expect(most).toBe(2);
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(5);
  expect(results.at(-1)).toMatchObject({ status: "rejected", reason: { code: "unavailable", retryAfterS: 2 } });
});

test("a visit that fails gives its place back", async () => {
  const pass = gate({ running: 1, waiting: 0 });
  await expect(pass(() => Promise.reject(new Error("inside")))).rejects.toThrow("inside");
  await expect(pass(() => Promise.resolve(7))).resolves.toBe(7);
});
