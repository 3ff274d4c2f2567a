import { expect, test } from "vitest";
import { BASE_COLUMNS, BaseLine, FACILITY_COLUMNS, FacilityLine, VEHICLE_COLUMNS, VehicleLine } from "./import-columns";
import { readCell } from "./read-cell";
import { duplicateReasons, readTable } from "./read-table";

const vehicles = (...rows: string[][]) => readTable(rows, VEHICLE_COLUMNS, VehicleLine);

test("our own export's guard is taken off, an apostrophe of a name stays", () => {
  expect(readCell("'=1+1")).toBe("=1+1");
  expect(readCell("'-5 Elm St")).toBe("-5 Elm St");
  expect(readCell("'t Hooft Clinic")).toBe("'t Hooft Clinic");
  expect(readCell("  M12 ")).toBe("M12");
});

test("columns are known whatever their spelling, and what is left out is left to the usual", () => {
  const { rows, reasons } = vehicles(["Vehicle No", "TYPE", "in_service"], ["101", "Wheelchair van", "No"]);
  expect(reasons).toEqual([]);
  expect(rows).toEqual([{ row: 2, value: { vehicleNo: "101", type: "wheelchair_van", inService: false } }]);
});

test("levels and set-ups are read from one cell", () => {
  const header = ["vehicleNo", "type", "levels", "configurations"];
  const { rows } = vehicles(header, ["7", "ambulance", "BLS; als", "3/2/0; 6/0/0"]);
  expect(rows[0]?.value).toMatchObject({
    levels: ["bls", "als"],
    configurations: [
      { ambulatory: 3, wheelchair: 2, stretcher: 0 },
      { ambulatory: 6, wheelchair: 0, stretcher: 0 },
    ],
  });
});

test("every wrong cell is named with the row a spreadsheet shows", () => {
  const header = ["vehicleNo", "type", "levels", "stretcher", "inService"];
  const { reasons } = vehicles(header, ["1", "ambulance"], ["2", "boat", "xyz", "-1", "maybe"], ["", "car"]);
  expect(reasons.map(({ row, column, code }) => [row, column, code])).toEqual([
    [3, "type", "invalid"],
    [3, "levels", "invalid"],
    [3, "stretcher", "invalid"],
    [3, "inService", "invalid"],
    [4, "vehicleNo", "required"],
  ]);
});

test("a header with missing, unknown and double columns is refused before any row", () => {
  const { rows, reasons } = vehicles(["vehicleNo", "vehicle no", "colour"], ["1", "1", "red"]);
  expect(rows).toEqual([]);
  expect(reasons.map(({ row, code }) => [row, code])).toEqual([
    [1, "column_missing"],
    [1, "column_unknown"],
    [1, "column_twice"],
  ]);
});

test("an empty file and one with too many cells say so", () => {
  expect(vehicles(["vehicleNo", "type"]).reasons).toMatchObject([{ row: 2, code: "empty" }]);
  expect(vehicles(["vehicleNo", "type"], ["1", "car", "x"]).reasons).toMatchObject([
    { row: 2, code: "too_many_cells" },
  ]);
});

test("numbers must be numbers on the earth", () => {
  const rows = [
    ["name", "lat", "lon"],
    ["North", "NaN", "-89.4"],
    ["South", "91", "-89.4"],
    ["West", "40.6", "-89.4"],
  ];
  const table = readTable(rows, BASE_COLUMNS, BaseLine);
  expect(table.reasons.map(({ row, column }) => [row, column])).toEqual([
    [2, "lat"],
    [3, "lat"],
  ]);
  expect(table.rows).toEqual([{ row: 4, value: { name: "West", lat: 40.6, lon: -89.4 } }]);
});

test("a facility's words are read loosely", () => {
  const rows = [
    ["name", "kind", "lat", "lon", "modifier"],
    ["St. Vera", "Hospital", "40", "-89", "h"],
  ];
  expect(readTable(rows, FACILITY_COLUMNS, FacilityLine).rows[0]?.value).toMatchObject({
    kind: "hospital",
    modifier: "H",
  });
});

test("the second row with a key is the one that is wrong", () => {
  const rows = ["a", "B", "A"].map((value, i) => ({ row: i + 2, value }));
  expect(duplicateReasons(rows, "vehicleNo", (value) => value)).toMatchObject([{ row: 4, code: "twice" }]);
});
