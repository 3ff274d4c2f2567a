import { expect, test, vi } from "vitest";
import { loadedOnce } from "./loaded-once";

test("several that need a part at once fetch it once, and it is there for whoever comes later", async () => {
  const fetchPart = vi.fn(() => Promise.resolve("part"));
  const once = loadedOnce(fetchPart);
  expect(once.get()).toEqual({ part: null, failed: false });
  await Promise.all([once.load(), once.load()]);
  await once.load();
  expect(fetchPart).toHaveBeenCalledTimes(1);
  expect(once.get()).toEqual({ part: "part", failed: false });
});

test("a part that could not be fetched says so, and the next try brings it", async () => {
  const fetchPart = vi
    .fn<() => Promise<string>>()
    .mockRejectedValueOnce(new Error("offline"))
    .mockResolvedValue("part");
  const once = loadedOnce(fetchPart);
  const told = vi.fn();
  once.subscribe(told);
  await once.load();
  expect(once.get()).toEqual({ part: null, failed: true });
  await once.load();
  expect(once.get()).toEqual({ part: "part", failed: false });
  expect(told).toHaveBeenCalledTimes(2);
});
