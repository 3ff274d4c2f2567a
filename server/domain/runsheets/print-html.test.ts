import { expect, test } from "vitest";
import { printHtml } from "./print-html";
import type { RunLine, RunSheets } from "./run-sheet";

const line: RunLine = {
  tripId: "t",
  number: "27-000001",
  status: "at_pickup",
  priority: "scheduled",
  level: "bls",
  needs: ["two_crew"],
  riderName: "Ada <Lovelace>",
  riderPhone: "(309) 555-0142",
  notes: null,
  pickup: {
    facility: null,
    address: "12 Hidden Lane",
    notes: "back door & bell",
    at: new Date("2027-03-03T15:00:00Z"),
  },
  dropoff: { facility: "St. Mary's", address: "1 Main St", notes: null, at: null },
  appointmentAt: null,
  requestedAt: new Date("2027-03-03T15:00:00Z"),
};
const sheets: RunSheets = {
  agencyId: "a",
  agencyName: "County EMS",
  timeZone: "America/Chicago",
  madeAt: new Date("2027-03-03T14:30:00Z"),
  until: new Date("2027-03-04T02:30:00Z"),
  sheets: [],
};
const unit = {
  shiftId: "s",
  callSign: "M12",
  vehicleNo: "112",
  crew: ["Kim"],
  startsAt: null,
  endsAt: null,
  lines: [line],
};

test("a sheet says who, from where, to where and when, on the agency's clock", () => {
  const html = printHtml(sheets, unit);
  for (const text of ["M12", "County EMS", "09:00", "08:30", "(309) 555-0142", "12 Hidden Lane", "1 Main St", "Kim"])
    expect(html).toContain(text);
});

test("what people typed is text, and a sheet fetches nothing", () => {
  const html = printHtml(sheets, unit);
  expect(html).toContain("Ada &lt;Lovelace&gt;");
  expect(html).toContain("back door &amp; bell");
  expect(html).not.toMatch(/<script|src=|href=|url\(/);
});

test("a unit without trips and the trips without a unit have sheets, too", () => {
  expect(printHtml(sheets, { ...unit, lines: [] })).toContain("No trips.");
  expect(printHtml(sheets, { ...unit, callSign: null, shiftId: null })).toContain("Trips without a unit");
});
