import { expect, test } from "vitest";
import { DEMO_CREWS, DEMO_VEHICLES, MORE_CREW } from "./demo-roster";
import { pressesUntil, RUN } from "./demo-run";
import { localUrl } from "./local-url";
import { DEMO_PEOPLE } from "./people";
import { Dice } from "./random";

test("the demo fills databases of this machine only", () => {
  const env = { HERE: "postgres://u:p@127.0.0.1:5432/x", THERE: "postgres://u:p@db.example.org/x" };
  expect(localUrl("HERE", env)).toBe(env.HERE);
  expect(() => localUrl("THERE", env)).toThrow("not on this machine");
  expect(() => localUrl("NOWHERE", env)).toThrow("not set");
});

test("the same seed throws the same dice", () => {
  const throws = (seed: number) => {
    const dice = new Dice(seed);
    return Array.from({ length: 20 }, () => dice.between(1, 6));
  };
  expect(throws(7)).toEqual(throws(7));
  expect(throws(7)).not.toEqual(throws(8));
  expect(new Set(throws(7))).toEqual(new Set([1, 2, 3, 4, 5, 6]));
});

test("a crew presses in order, and time goes on between the presses", () => {
  const presses = pressesUntil(new Date("2027-03-03T12:00:00Z"), RUN.length, new Dice(1));
  expect(presses.map(({ status }) => status)).toEqual(RUN.map(({ status }) => status));
  expect(presses.every(({ at }, i) => i === 0 || at > presses[i - 1]!.at)).toBe(true);
});

test("every crew of the demo exists, rides one truck, and every truck is in the fleet", () => {
  const emails = DEMO_CREWS.flatMap(({ crew }) => crew);
  const known = [...DEMO_PEOPLE, ...MORE_CREW].map(({ email }) => email);
  expect(new Set(emails).size).toBe(emails.length);
  expect(emails.filter((email) => !known.includes(email))).toEqual([]);
  const callSigns = DEMO_VEHICLES.map(({ callSign }) => callSign);
  expect(DEMO_CREWS.filter(({ callSign }) => !callSigns.includes(callSign))).toEqual([]);
  expect(new Set(DEMO_VEHICLES.map(({ vehicleNo }) => vehicleNo)).size).toBe(40);
});
