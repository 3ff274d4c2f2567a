import { expect, test } from "vitest";
import { BookTripInput } from "@/server/domain/trips/inputs";
import { EMPTY_BOOKING } from "./drafts";
import { fieldOfPath, missingIn, toBooking } from "./to-booking";

const pickup = { label: "12 Main St, Marlow 61701", lat: 40.6, lon: -89.4, zip: "61701" };
const hospital = {
  label: "General Hospital",
  lat: 40.7,
  lon: -89.3,
  zip: null,
  facilityId: "0192f0c1-2b5e-7cc0-8000-000000000001",
};

test("an emergency call without name and destination is a booking the API takes", () => {
  const values = {
    ...EMPTY_BOOKING,
    pickup,
    unknownRider: true,
    priority: "emergency" as const,
    level: "als" as const,
  };
  expect(missingIn(values)).toEqual({});
  expect(BookTripInput.parse(toBooking(values))).toMatchObject({
    timing: "asap",
    unknownRider: true,
    pickup: { address: pickup.label, zip: "61701" },
  });
});
test("a facility goes by its id, a ride at a time carries the time", () => {
  const at = new Date("2027-03-03T15:00:00Z");
  const values = {
    ...EMPTY_BOOKING,
    pickup,
    dropoff: hospital,
    riderName: " Ann ",
    when: "fixed" as const,
    pickupAt: at,
    priority: "scheduled" as const,
  };
  expect(BookTripInput.parse(toBooking(values))).toMatchObject({
    riderName: "Ann",
    pickup: { at },
    dropoff: { facilityId: hospital.facilityId },
  });
});
test("a time that was typed and then made asap is not sent", () => {
  const values = { ...EMPTY_BOOKING, pickup, unknownRider: true, pickupAt: new Date() };
  expect(toBooking(values).pickup).not.toHaveProperty("at");
});
test("what is missing is named where it is asked", () => {
  expect(missingIn({ ...EMPTY_BOOKING, when: "fixed" })).toEqual({
    pickup: "Where is the pickup?",
    pickupAt: "At what time?",
    riderName: "A name, or not known yet",
  });
});
test("a place that was typed and not taken is not left out of a booking, nor is the place that stood there before", () => {
  const values = { ...EMPTY_BOOKING, pickup, unknownRider: true };
  expect(Object.keys(missingIn(values, { dropoff: "gen" }))).toEqual(["dropoff"]);
  expect(Object.keys(missingIn(values, { pickup: "gen" }))).toEqual(["pickup"]);
  expect(missingIn(values, { pickup: "", dropoff: "" })).toEqual({});
});
test.each([
  ["pickup.at", "pickupAt"],
  ["dropoff.facilityId", "dropoff"],
  ["riderPhone", "riderPhone"],
  ["passengers", "level"],
  ["somethingNew", null],
])("a reason at %s stands at %s", (path, field) => {
  expect(fieldOfPath(path)).toBe(field);
});
