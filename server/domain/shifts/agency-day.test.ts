import { expect, test } from "vitest";
import { agencyDay, atLocalTime, dayAt, shiftPeriod } from "./agency-day";

const CHICAGO = "America/Chicago";
const hours = ({ from, to }: { from: Date; to: Date }) => (+to - +from) / 3_600_000;

test("an ordinary day is 24 hours from local midnight", () => {
  const day = agencyDay("2027-01-15", CHICAGO);
  expect(day.from.toISOString()).toBe("2027-01-15T06:00:00.000Z");
  expect(hours(day)).toBe(24);
});

test("the day of the spring change has 23 hours, that of the autumn change 25", () => {
  expect(hours(agencyDay("2027-03-14", CHICAGO))).toBe(23);
  expect(hours(agencyDay("2027-11-07", CHICAGO))).toBe(25);
});

test("the day it is follows the agency's zone, not UTC", () => {
  expect(dayAt(new Date("2027-03-14T04:59:00Z"), CHICAGO)).toBe("2027-03-13");
  expect(dayAt(new Date("2027-03-14T06:00:00Z"), CHICAGO)).toBe("2027-03-14");
});

test("a wall-clock time keeps its face across a change", () => {
  expect(atLocalTime("2027-03-13", "08:00", CHICAGO).toISOString()).toBe("2027-03-13T14:00:00.000Z");
  expect(atLocalTime("2027-03-14", "08:00", CHICAGO).toISOString()).toBe("2027-03-14T13:00:00.000Z");
});

test("a time that the spring change skips is a moment after it, never before", () => {
  expect(atLocalTime("2027-03-14", "02:30", CHICAGO).toISOString()).toBe("2027-03-14T08:30:00.000Z");
});

test("a time that the autumn change repeats is its first", () => {
  expect(atLocalTime("2027-11-07", "01:30", CHICAGO).toISOString()).toBe("2027-11-07T06:30:00.000Z");
});

test("a night shift ends on the next day, an hour later or earlier in length when the clocks change", () => {
  const length = ({ startsAt, endsAt }: { startsAt: Date; endsAt: Date }) => (+endsAt - +startsAt) / 3_600_000;
  expect(length(shiftPeriod("2027-01-15", "19:00", "07:00", CHICAGO))).toBe(12);
  expect(length(shiftPeriod("2027-03-13", "19:00", "07:00", CHICAGO))).toBe(11);
  expect(length(shiftPeriod("2027-11-06", "19:00", "07:00", CHICAGO))).toBe(13);
});

test("what is no day is refused", () => {
  expect(() => agencyDay("2027-02-30", CHICAGO)).toThrow(RangeError);
});
