import { expect, test } from "vitest";
import { clockOf, readClock, readShiftTimes } from "./shift-times";

const ZONE = "America/Chicago";
const SPRING = "2027-03-14";
const AUTUMN = "2027-11-07";
const read = (day: string, from: string, to: string) => {
  const times = readShiftTimes({ day, from, to }, ZONE);
  return times.ok
    ? [times.period.startsAt.toISOString(), times.period.endsAt.toISOString()]
    : [times.column, times.message];
};

test("times are read as spreadsheets write them", () => {
  expect(["700", "7:00", "07:00", "07:00:00", "1930", "01:30B"].map(readClock)).toEqual([
    "07:00",
    "07:00",
    "07:00",
    "07:00",
    "19:30",
    "01:30b",
  ]);
  expect(["", "24:00", "7:60", "7", "noon", "07:00:30"].map(readClock)).toEqual(Array(6).fill(null));
});

test("an end that is not later than the start is on the next day", () => {
  expect(read("2027-03-03", "07:00", "19:00")).toEqual(["2027-03-03T13:00:00.000Z", "2027-03-04T01:00:00.000Z"]);
  expect(read("2027-03-03", "19:00", "07:00")).toEqual(["2027-03-04T01:00:00.000Z", "2027-03-04T13:00:00.000Z"]);
  expect(read("2027-12-31", "07:00", "07:00")).toEqual(["2027-12-31T13:00:00.000Z", "2028-01-01T13:00:00.000Z"]);
});

test("on the spring day a shift over the change is an hour shorter, and the skipped hour is refused by column", () => {
  expect(read(SPRING, "01:00", "05:00")).toEqual(["2027-03-14T07:00:00.000Z", "2027-03-14T10:00:00.000Z"]);
  expect(read(SPRING, "02:30", "08:00")).toEqual(["from", "the clock skips this time on that day"]);
  expect(read(SPRING, "00:30", "02:30")).toEqual(["to", "the clock skips this time on that day"]);
  expect(read("2027-03-13", "22:00", "02:30")).toEqual(["to", "the clock skips this time on that day"]);
  expect(read(SPRING, "07:00", "02:30")).toEqual(["2027-03-14T12:00:00.000Z", "2027-03-15T07:30:00.000Z"]);
});

test("on the autumn day the repeated hour is its first, or the one that is marked", () => {
  expect(read(AUTUMN, "00:00", "03:00")).toEqual(["2027-11-07T05:00:00.000Z", "2027-11-07T09:00:00.000Z"]);
  expect(read(AUTUMN, "01:30", "09:00")[0]).toBe("2027-11-07T06:30:00.000Z");
  expect(read(AUTUMN, "01:30b", "09:00")[0]).toBe("2027-11-07T07:30:00.000Z");
  expect(read(AUTUMN, "01:30a", "01:30b")).toEqual(["2027-11-07T06:30:00.000Z", "2027-11-07T07:30:00.000Z"]);
  expect(read(AUTUMN, "01:30b", "01:45")).toEqual(["2027-11-07T07:30:00.000Z", "2027-11-07T07:45:00.000Z"]);
  expect(read("2027-11-06", "22:00", "01:30")[1]).toBe("2027-11-07T06:30:00.000Z");
  expect(read("2027-11-08", "01:30b", "09:00")).toEqual([
    "from",
    "the clock shows this time once on that day: leave out a and b",
  ]);
});

test("every moment around both changes is written so that it is read as itself", () => {
  for (const start of ["2027-03-14T00:00:00Z", "2027-11-07T00:00:00Z"]) {
    for (let quarter = 0; quarter < 96; quarter++) {
      const startsAt = new Date(Date.parse(start) + quarter * 900_000);
      for (const hours of [0.5, 1, 8, 12]) {
        const endsAt = new Date(startsAt.getTime() + hours * 3_600_000);
        const { day, time: from } = clockOf(startsAt, ZONE);
        const times = readShiftTimes({ day, from, to: clockOf(endsAt, ZONE).time }, ZONE);
        expect(times).toEqual({ ok: true, period: { startsAt, endsAt } });
      }
    }
  }
});
