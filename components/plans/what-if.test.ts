import { expect, test } from "vitest";
import { NO_QUESTION, whatIfOf } from "./what-if";

const [van, other] = ["W1", "W2"].map((callSign) => ({ callSign, shiftId: `shift of ${callSign}` }));
const asked = (part: object) => whatIfOf({ ...NO_QUESTION, isAsked: true, ...part });

test("a question that is not asked is none, whatever its fields hold", () => {
  expect(whatIfOf({ ...NO_QUESTION, widerMinutes: "900" })).toEqual({ whatIf: null });
});

test("a further unit, wider windows and another start are asked alone or together", () => {
  expect(asked({ like: van })).toEqual({ whatIf: { extraUnitsLike: { shiftId: "shift of W1", count: 1 } } });
  expect(asked({ widerMinutes: " 20 " })).toEqual({ whatIf: { widenWindowsMin: 20 } });
  const start = { moveStart: { shiftId: "shift of W2", minutes: -30 } };
  expect(asked({ mover: other, moveMinutes: "-30" })).toEqual({ whatIf: start });
  const both = { widenWindowsMin: 5, ...start };
  expect(asked({ widerMinutes: "5", mover: other, moveMinutes: "-30" })).toEqual({ whatIf: both });
});

test("what cannot be asked is said", () => {
  for (const part of [
    {},
    { widerMinutes: "x" },
    { widerMinutes: "-1" },
    { widerMinutes: "241" },
    { mover: van },
    { moveMinutes: "10" },
    { mover: van, moveMinutes: "721" },
  ])
    expect(asked(part)).toEqual({ error: expect.any(String) });
});
