import { describe, expect, test } from "vitest";
import { parseTimeField } from "./time-field";

const timeZone = "America/New_York";
const read = (text: string, now: string, day?: string) => {
  const result = parseTimeField(text, { now: new Date(now), timeZone, day });
  return result.ok ? result.at.toISOString() : result.message;
};
const summer = "2026-06-10T18:00:00.000Z"; // 14:00 in New York

describe("on an ordinary day", () => {
  test.each([
    ["1432", "2026-06-10T18:32:00.000Z"],
    ["14:32", "2026-06-10T18:32:00.000Z"],
    ["905", "2026-06-10T13:05:00.000Z"],
    [" 9:05 ", "2026-06-10T13:05:00.000Z"],
    ["-5", "2026-06-10T17:55:00.000Z"],
    ["+30", "2026-06-10T18:30:00.000Z"],
    ["", summer],
    ["now", summer],
  ])("%j is %s", (text, at) => expect(read(text, summer)).toBe(at));

  test.each(["abc", "1", "14:3", "+", "--5", "12345", "=1+1"])("%j says what to type instead", (text) =>
    expect(read(text, summer)).toContain("Type a time"),
  );
  test.each(["2400", "1260"])("%j is no time", (text) => expect(read(text, summer)).toContain("Hours go to 23"));
});

test("around midnight the nearest time is meant, on a given day that day's", () => {
  expect(read("0015", "2026-06-11T03:50:00Z")).toBe("2026-06-11T04:15:00.000Z");
  expect(read("2350", "2026-06-11T04:10:00Z")).toBe("2026-06-11T03:50:00.000Z");
  expect(read("0015", "2026-06-11T03:50:00Z", "2026-06-10")).toBe("2026-06-10T04:15:00.000Z");
});

describe("on the day clocks go forward (8 March 2026)", () => {
  test("the skipped hour is refused", () => {
    expect(read("0230", "2026-03-08T12:00:00Z")).toContain("skips");
    expect(read("0230", summer, "2026-03-08")).toContain("skips");
  });
  test("the hours around it are what the clock shows, and minutes from now are minutes", () => {
    expect(read("0159", "2026-03-08T06:30:00Z")).toBe("2026-03-08T06:59:00.000Z");
    expect(read("0300", "2026-03-08T06:30:00Z")).toBe("2026-03-08T07:00:00.000Z");
    expect(read("+60", "2026-03-08T06:30:00Z")).toBe("2026-03-08T07:30:00.000Z");
  });
});

describe("on the day clocks go back (1 November 2026)", () => {
  const onThatDay = (text: string) =>
    parseTimeField(text, { now: new Date("2026-10-30T12:00:00Z"), timeZone, day: "2026-11-01" });
  test("the repeated hour is the first one, and the second is offered", () => {
    expect(onThatDay("0130")).toEqual({
      ok: true,
      at: new Date("2026-11-01T05:30:00Z"),
      repeated: { which: "first", other: new Date("2026-11-01T06:30:00Z") },
    });
  });
  test("a letter picks one of them", () => {
    expect(onThatDay("0130b")).toMatchObject({ at: new Date("2026-11-01T06:30:00Z"), repeated: { which: "second" } });
    expect(onThatDay("0130a")).toMatchObject({ at: new Date("2026-11-01T05:30:00Z") });
  });
  test("without a day the nearer one is meant", () => {
    expect(read("0130", "2026-11-01T06:35:00Z")).toBe("2026-11-01T06:30:00.000Z");
  });
  test("the day has 25 hours", () => {
    expect(read("2300", summer, "2026-11-01")).toBe("2026-11-02T04:00:00.000Z");
  });
});
