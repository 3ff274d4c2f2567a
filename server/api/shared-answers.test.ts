import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { wire } from "@/server/domain/wire/transformer";
import { SharedReads } from "@/server/services/shared-read";
import { Turns } from "@/server/turns";
import { bodyWith, serverWire, sharedAmong } from "./shared-answers";

const reads = new SharedReads(new Turns(2));
const readOne = <T>(value: T) => reads.read("key", null, () => Promise.resolve(value));
/** As tRPC writes results. */
const textOf = (results: unknown[]) =>
  JSON.stringify(results.map((data) => ({ result: { data: serverWire.serialize(data) } })));
const resultsOf = (values: unknown[]) => values.map((data) => ({ result: { data } }));

test("what was read for several is written as everything else is", async () => {
  const value = await readOne({ at: new Date(5), note: '$& "\u007fw"', list: [1, null] });
  const plain = JSON.stringify([{ result: { data: wire.serialize(value) } }]);
  const body = bodyWith(textOf([value]), sharedAmong(resultsOf([value])));
  expect(body.bytes.toString()).toBe(plain);
  expect(gunzipSync(await body.packed()).toString()).toBe(plain);
});

test("those who asked alike get the same bytes, written and compressed once", async () => {
  const value = await readOne({ a: 1 });
  const [one, other] = [1, 2].map(() => bodyWith(textOf([value]), sharedAmong(resultsOf([value]))));
  expect(other).toBe(one);
  expect(other?.packed()).toBe(one?.packed());
});

test("an answer stands in its own place beside others, and a text that looks like a place is a text", async () => {
  const [first, second] = [await readOne({ a: 1 }), await readOne({ b: 2 })];
  const values = [first, "\u007fw", second];
  const body = bodyWith(textOf(values), sharedAmong(resultsOf(values)));
  const read = JSON.parse(body.bytes.toString()) as { result: { data: unknown } }[];
  expect(read.map(({ result }) => wire.deserialize(result.data))).toEqual(values);
});

test("what nobody shares is written by the answer itself", () => {
  const value = { a: new Date(5) };
  expect(serverWire.serialize(value)).toEqual(wire.serialize(value));
  expect(sharedAmong([...resultsOf([value]), { error: {} }])).toEqual([]);
});
