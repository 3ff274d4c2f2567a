import { expect, test } from "vitest";
import { DEVICE_FILE_COLUMNS, DeviceLine } from "./device-line";
import { PERSON_FILE_COLUMNS, PersonLine } from "./person-line";
import { readTable } from "./read-table";
import { SHIFT_COLUMNS, ShiftLine } from "./shift-line";

test("the plan's own export is a file of shifts", () => {
  const header = ["Call sign", "Status", "Vehicle", "Crew", "From", "To", "Day", "On", "Off"];
  const row = ["'=Medic", "Planned", "104", "ann@a.test bob@a.test", "01:30b", "9:00", "2027-11-07", "01:31", ""];
  expect(readTable([header, row], SHIFT_COLUMNS, ShiftLine)).toEqual({
    reasons: [],
    rows: [
      {
        row: 2,
        value: {
          vehicle: "104",
          callSign: "=Medic",
          crew: ["ann@a.test", "bob@a.test"],
          day: "2027-11-07",
          from: "01:30b",
          to: "09:00",
        },
      },
    ],
  });
});

test("the people's own export is a file of people; who has left is refused by row", () => {
  const header = ["Name", "E-mail", "Roles", "State", "Second factor", "Added"];
  const ann = ["Ann", "Ann@a.test", "Admin, Dispatcher", "Active", "Off", "2027-01-01T00:00:00.000Z"];
  const bob = ["Bob", "bob@a.test", "Crew", "Inactive", "Off", "2027-01-01T00:00:00.000Z"];
  const { rows, reasons } = readTable([header, ann, bob], PERSON_FILE_COLUMNS, PersonLine);
  expect(rows).toMatchObject([{ row: 2, value: { name: "Ann", email: "ann@a.test", roles: ["admin", "dispatcher"] } }]);
  expect(reasons).toMatchObject([{ row: 3, column: "state", message: "this person has left: take the row out" }]);
});

test("the devices' own export is a file of devices, which says whose each is in one column", () => {
  const header = ["Device", "Belongs to", "State", "App", "Last heard", "Network", "Interval s", "Speed unit"];
  const tablet = ["M12 tablet", "104", "Reporting", "OwnTracks", "2027-01-01T00:00:00.000Z", "", "10", "kmh"];
  const phone = ["Ann's phone", "Ann@a.test", "Silent", "", "", "", "5", "auto"];
  expect(readTable([header, tablet, phone], DEVICE_FILE_COLUMNS, DeviceLine)).toEqual({
    reasons: [],
    rows: [
      { row: 2, value: { label: "M12 tablet", vehicle: "104", intervalS: 10, speedUnit: "kmh" } },
      { row: 3, value: { label: "Ann's phone", email: "ann@a.test", intervalS: 5, speedUnit: "auto" } },
    ],
  });
});

test("a device belongs to one: neither and both are refused", () => {
  const none = ["a", "", ""];
  const both = ["b", "104", "ann@a.test"];
  const table = readTable(
    [["label", "vehicle", "email"], none, both, ["c", "104", ""]],
    DEVICE_FILE_COLUMNS,
    DeviceLine,
  );
  expect(table.rows).toHaveLength(1);
  const message = "name the vehicle or the e-mail it belongs to, one of them";
  expect(table.reasons).toMatchObject([2, 3].map((row) => ({ row, column: "vehicle", message })));
});

test("a crew is at most eight e-mails", () => {
  const crew = Array.from({ length: 9 }, (_, i) => `c${i}@a.test`).join(";");
  const header = ["vehicle", "day", "from", "to", "crew"];
  const { reasons } = readTable([header, ["104", "2027-03-03", "700", "1900", crew]], SHIFT_COLUMNS, ShiftLine);
  expect(reasons).toMatchObject([{ row: 2, column: "crew", message: "at most 8 people" }]);
});
