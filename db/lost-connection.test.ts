import { expect, test } from "vitest";
import { isLostConnection, reconnectAfterS } from "./lost-connection";

const coded = (code: string) => Object.assign(new Error("x"), { code });

test("a refused, broken or closing connection is a lost one, however deep it lies", () => {
  for (const code of ["ECONNREFUSED", "CONNECTION_CLOSED", "57P01", "57P03", "08006", "53300"])
    expect(isLostConnection(new Error("Failed query", { cause: coded(code) })), code).toBe(true);
});

test("a statement that was refused is not", () => {
  for (const code of ["23505", "40001", "57014", "42P01"]) expect(isLostConnection(coded(code)), code).toBe(false);
  expect(isLostConnection("gone")).toBe(false);
});

test("the next attempt comes within a second, however many have failed", () => {
  expect(reconnectAfterS(0)).toBeLessThan(0.1);
  expect(reconnectAfterS(1_000)).toBe(1);
});
