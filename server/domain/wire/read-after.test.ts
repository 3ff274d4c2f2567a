import { expect, test } from "vitest";
import { laterPosition, parseLogPosition } from "./read-after";

test("a position is its bytes since the beginning of the log", () => {
  expect(parseLogPosition("0/0")).toBe(0n);
  expect(parseLogPosition("1/0")).toBe(4_294_967_296n);
  expect(parseLogPosition("16/B374D848")).toBe(0x16_b374_d848n);
});

test.each(["", "latest", "16", "16/", "/1", "16/B374D848/1", "G/1", "123456789/1", "-1/1", "1/1; drop table"])(
  "%j is no position",
  (text) => {
    expect(parseLogPosition(text)).toBeNull();
  },
);

test("positions are compared as numbers, not as texts", () => {
  expect(laterPosition("9/0", "10/0")).toBe("10/0");
  expect(laterPosition("10/0", "9/FFFFFFFF")).toBe("10/0");
  expect(laterPosition(null, "1/0")).toBe("1/0");
  expect(laterPosition("1/0", "nonsense")).toBe("1/0");
});
