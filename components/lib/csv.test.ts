import { expect, test } from "vitest";
import { csvCell, toCsv } from "./csv";

test.each(["=1+1", "+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1"])("%j is shown, not run", (text) => {
  expect(csvCell(text).replace(/^"/, "")).toMatch(/^'/);
});

test("numbers keep their sign, and nothing is an empty cell", () => {
  expect([-5, 0, true, null, undefined].map(csvCell)).toEqual(["-5", "0", "true", "", ""]);
});

test("quotes, commas, line breaks and outer blanks are kept", () => {
  expect(csvCell('12" board, folded')).toBe('"12"" board, folded"');
  expect(csvCell(" a")).toBe('" a"');
  expect(toCsv(["Unit"], [["M1\nM2"]])).toBe('Unit\r\n"M1\nM2"\r\n');
});
