import { setImmediate as turn } from "node:timers/promises";
import { expect, test } from "vitest";
import { LoopTurns } from "./loop-turns";

test("turns are given in the order asked, and what asks for none is done between them", async () => {
  const turns = new LoopTurns();
  const done: string[] = [];
  const patient = ["a", "b", "c"].map((name) => turns.next().then(() => done.push(name)));
  const hurried = turn().then(() => done.push("at once"));
  await Promise.all([...patient, hurried]);
  expect(done).toEqual(["a", "at once", "b", "c"]);
});
