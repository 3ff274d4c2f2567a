import fc from "fast-check";
import { expect, test } from "vitest";
import { wire } from "./transformer";

const travel = (value: unknown) => {
  const text = JSON.stringify(wire.serialize(value));
  return wire.deserialize(text === undefined ? undefined : (JSON.parse(text) as unknown));
};

test("plain data with dates arrives as it was sent, whatever is in its texts", () => {
  const leaf = fc.oneof(
    fc.string(),
    fc.string().map((text) => `\u007f${text}`),
    fc.constantFrom("\u007fd12", "\u007fs\u007fd1", "\u007f"),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => (Object.is(n, -0) ? 0 : n)),
    fc.boolean(),
    fc.constant(null),
    fc.date({ noInvalidDate: true }),
  );
  const key = fc.string().filter((name) => name !== "__proto__");
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4 },
      leaf,
      fc.array(tie("tree")),
      fc.dictionary(key, tie("tree"), { noNullPrototype: true }),
    ),
  }));
  fc.assert(
    fc.property(tree, (value) => {
      expect(travel(value)).toEqual(value);
    }),
  );
});

test("what is missing stays missing, and nothing is nothing", () => {
  expect(travel({ a: undefined, b: null })).toEqual({ b: null });
  expect(travel(undefined)).toBeUndefined();
});

test("what JSON would bend is refused", () => {
  for (const value of [new Map(), new Set([1]), { a: 1n }, [new Error("x")]]) {
    expect(() => wire.serialize(value)).toThrow(TypeError);
  }
});

test("a name that could change a prototype is only a name", () => {
  const evil = wire.deserialize(JSON.parse('{"__proto__": {"admin": true}}')) as Record<string, unknown>;
  expect(({} as Record<string, unknown>).admin).toBeUndefined();
  expect(Object.hasOwn(evil, "__proto__")).toBe(true);
});
