import { expect, test } from "vitest";
import { heldOrder } from "./row-order";

const known = (ids: string) => new Map(ids.split("").map((id) => [id, id.toUpperCase()]));

test("an untouched list follows the live order", () => {
  expect(heldOrder(null, ["b", "a"], known("ab"), new Map()).rows.map(({ id }) => id)).toEqual(["b", "a"]);
});

test("a held list keeps its order, and what is new waits", () => {
  const { rows, newIds } = heldOrder(["a", "b"], ["c", "b", "a", "d"], known("abcd"), new Map());
  expect(rows.map(({ id }) => id)).toEqual(["a", "b"]);
  expect(newIds).toEqual(["c", "d"]);
});

test("a row that left keeps its place and says so, so that nothing below moves up", () => {
  const { rows } = heldOrder(["a", "b", "c"], ["c"], known("bc"), new Map([["a", "A as it was"]]));
  expect(rows).toEqual([
    { id: "a", row: "A as it was", gone: true },
    { id: "b", row: "B", gone: false },
    { id: "c", row: "C", gone: false },
  ]);
});
