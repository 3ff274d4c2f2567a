import { expect, test } from "vitest";
import { rowAfterKey } from "./row-keys";

test("arrows, pages, Home and End stay inside the list; other keys move nothing", () => {
  const from = (key: string, index: number) => rowAfterKey(key, index, 100, 10);
  expect([
    from("ArrowDown", 5),
    from("ArrowUp", 5),
    from("PageDown", 95),
    from("PageUp", 3),
    from("Home", 9),
    from("End", 9),
  ]).toEqual([6, 4, 99, 0, 0, 99]);
  expect(from("ArrowUp", 0)).toBe(0);
  expect(from("d", 5)).toBeUndefined();
});
