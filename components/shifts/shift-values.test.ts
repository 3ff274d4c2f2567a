import { expect, test } from "vitest";
import type { Shift } from "@/server/domain/shifts/shift";
import { phaseOf } from "./shift-state";
import { plannedOf, readClock, ShiftForm, shiftValues, usualBreak } from "./shift-values";

const CHICAGO = "America/Chicago";
const shift: Shift = {
  id: "0197a000-0000-7000-8000-000000000001",
  vehicleId: "0197a000-0000-7000-8000-000000000002",
  callSign: "M12",
  crew: [],
  startsAt: "2027-03-14T01:00:30.000Z",
  endsAt: "2027-03-14T12:00:00.000Z",
  signedOnAt: null,
  signedOffAt: null,
  state: "available",
  stateSince: null,
  baseId: null,
  breaks: [],
  manifestVersion: 1,
  version: 1,
};

test("times are read as people type them", () => {
  expect(["700", "0700", "7:00", "23:59"].map(readClock)).toEqual(["07:00", "07:00", "07:00", "23:59"]);
  expect(["24:00", "0760", "7", "noon", ""].map(readClock)).toEqual([null, null, null, null, null]);
});

test("a break is offered within the shift, by night too", () => {
  expect(usualBreak("0700", "1900")).toMatchObject({ from: "11:00", to: "15:00", minutes: "30" });
  expect(usualBreak("22:00", "06:00")).toMatchObject({ from: "00:45", to: "03:15" });
});

test("a night shift across the spring change keeps its wall-clock end", () => {
  const values = ShiftForm.parse({ ...shiftValues(shift, CHICAGO), from: "2000" });
  expect(plannedOf(values, CHICAGO, shift)).toMatchObject({
    startsAt: "2027-03-14T02:00:00.000Z",
    endsAt: "2027-03-14T12:00:00.000Z",
  });
});

test("times nobody touched stay to the second", () => {
  const values = ShiftForm.parse(shiftValues(shift, CHICAGO));
  expect(plannedOf(values, CHICAGO, shift).startsAt).toBe(shift.startsAt);
});

test("a shift is planned, late, on, over, off or missed", () => {
  const at = (text: string) => Date.parse(text);
  const on = { ...shift, signedOnAt: shift.startsAt };
  expect(phaseOf(shift, at("2027-03-14T00:00:00Z"))).toBe("planned");
  expect(phaseOf(shift, at("2027-03-14T02:00:00Z"))).toBe("late");
  expect(phaseOf(shift, at("2027-03-14T12:00:00Z"))).toBe("missed");
  expect(phaseOf(on, at("2027-03-14T02:00:00Z"))).toBe("on");
  expect(phaseOf(on, at("2027-03-14T13:00:00Z"))).toBe("over");
  expect(phaseOf({ ...on, signedOffAt: shift.endsAt }, at("2027-03-14T13:00:00Z"))).toBe("off");
});

test("breaks are said by the clock, after midnight too, and come back as they were said", () => {
  const night = { ...shift, startsAt: "2027-03-15T01:00:00.000Z", endsAt: "2027-03-15T11:00:00.000Z" };
  const rest = { from: "2330", to: "1:00", minutes: "30", at: "base" as const };
  const values = ShiftForm.parse({ ...shiftValues(night, CHICAGO), breaks: [rest] });
  const planned = plannedOf(values, CHICAGO, night);
  expect(planned.breaks).toEqual([
    { from: "2027-03-15T04:30:00.000Z", to: "2027-03-15T06:00:00.000Z", minutes: 30, at: "base" },
  ]);
  const id = "0197a000-0000-7000-8000-000000000009";
  const stored = { ...night, breaks: planned.breaks.map((one) => ({ ...one, id, takenAt: null, endedAt: null })) };
  expect(shiftValues(stored, CHICAGO).breaks).toEqual([{ from: "23:30", to: "01:00", minutes: "30", at: "base" }]);
});
