import { expect, test } from "vitest";
import { editReasons } from "./edit-reasons";
import { findOverlaps, type PlannedShift, periodReasons } from "./planning";
import { type ShiftToSign, signOffReasons, signOnReasons } from "./sign-on";
import { swapReasons } from "./swap-vehicle";

const at = (time: string) => new Date(`2027-03-03T${time}:00Z`);
const planned = (row: Partial<PlannedShift>): PlannedShift => ({
  id: "s1",
  vehicleId: "v1",
  callSign: "M1",
  crew: ["anna"],
  startsAt: at("08:00"),
  endsAt: at("16:00"),
  signedOffAt: null,
  ...row,
});
const shift: ShiftToSign & { vehicleId: string } = {
  vehicleId: "v1",
  startsAt: at("08:00"),
  endsAt: at("16:00"),
  signedOnAt: null,
  signedOffAt: null,
  deactivatedAt: null,
};
const truck = { id: "v2", inService: true, deactivatedAt: null, levels: ["bls"] };
const codes = (reasons: { code: string }[]) => reasons.map(({ code }) => code);

test("a truck and a person on two shifts at once are both named", () => {
  const overlaps = findOverlaps([planned({}), planned({ id: "s2", startsAt: at("15:00"), endsAt: at("23:00") })]);
  expect(overlaps).toEqual([
    { shiftId: "s1", otherShiftId: "s2", kind: "vehicle", subjectId: "v1" },
    { shiftId: "s1", otherShiftId: "s2", kind: "person", subjectId: "anna" },
  ]);
});

test("shifts that touch do not overlap, and one that was signed off holds nobody", () => {
  expect(findOverlaps([planned({}), planned({ id: "s2", startsAt: at("16:00"), endsAt: at("23:00") })])).toEqual([]);
  expect(findOverlaps([planned({ signedOffAt: at("12:00") }), planned({ id: "s2" })])).toEqual([]);
});

test("a long shift overlaps one that starts after a short one between them", () => {
  const short = planned({ id: "s2", vehicleId: "v2", crew: [], startsAt: at("09:00"), endsAt: at("10:00") });
  const late = planned({ id: "s3", crew: [], startsAt: at("15:00"), endsAt: at("20:00") });
  expect(findOverlaps([late, planned({}), short]).map(({ otherShiftId }) => otherShiftId)).toEqual(["s3"]);
});

test("a period ends after it starts and within a day", () => {
  expect(codes(periodReasons({ startsAt: at("08:00"), endsAt: at("08:00") }))).toEqual(["before_start"]);
  expect(codes(periodReasons({ startsAt: at("08:00"), endsAt: new Date("2027-03-04T08:01:00Z") }))).toEqual([
    "too_long",
  ]);
  expect(periodReasons({ startsAt: at("08:00"), endsAt: new Date("2027-03-04T08:00:00Z") })).toEqual([]);
});

test("sign-on opens an hour before the start and closes at the end", () => {
  expect(codes(signOnReasons(shift, truck, at("06:59")))).toEqual(["too_early"]);
  expect(signOnReasons(shift, truck, at("07:00"))).toEqual([]);
  expect(codes(signOnReasons(shift, truck, at("07:59"), 0))).toEqual(["too_early"]);
  expect(codes(signOnReasons(shift, truck, at("16:00")))).toEqual(["shift_over"]);
});

test("signing on tells every reason at once", () => {
  const gone = { ...shift, signedOnAt: at("08:00"), deactivatedAt: at("07:00") };
  const broken = { inService: false, deactivatedAt: at("07:00") };
  const expected = ["shift_removed", "already_signed_on", "out_of_service", "vehicle_removed"];
  expect(codes(signOnReasons(gone, broken, at("09:00")))).toEqual(expected);
});

test("signing off waits for every trip of the unit, by number", () => {
  const trips = [
    { tripId: "a", number: "27-1", active: true },
    { tripId: "b", number: "27-2", active: false },
  ];
  const reasons = signOffReasons({ ...shift, signedOnAt: at("08:00") }, trips);
  expect(codes(reasons)).toEqual(["trip_open", "trip_reserved"]);
  expect(reasons[0]?.message).toContain("27-1");
  expect(signOffReasons({ ...shift, signedOnAt: at("08:00") }, [])).toEqual([]);
  expect(codes(signOffReasons(shift, []))).toEqual(["not_signed_on"]);
});

test("a truck takes over trips it can serve; a higher level serves a lower one", () => {
  const trip = { tripId: "a", number: "27-1", level: "stretcher" as const, riderAboard: false };
  expect(swapReasons(shift, truck, [trip])).toEqual([]);
  expect(codes(swapReasons(shift, truck, [{ ...trip, level: "als" }]))).toEqual(["level_unmet"]);
  expect(codes(swapReasons(shift, truck, [{ ...trip, riderAboard: true }]))).toEqual(["rider_aboard"]);
  expect(codes(swapReasons(shift, { ...truck, id: "v1", inService: false }, []))).toEqual([
    "same_vehicle",
    "out_of_service",
  ]);
});

test("a running shift keeps its truck and its start; one that is over keeps everything", () => {
  const running = { ...shift, signedOnAt: at("08:00") };
  expect(codes(editReasons(running, { vehicleId: "v2", startsAt: at("09:00") }))).toEqual([
    "use_swap",
    "already_signed_on",
  ]);
  expect(editReasons(running, { endsAt: at("18:00"), vehicleId: "v1", startsAt: at("08:00") })).toEqual([]);
  expect(codes(editReasons({ ...running, signedOffAt: at("15:00") }, {}))).toEqual(["already_signed_off"]);
});
