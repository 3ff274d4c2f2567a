import { describe, expect, test } from "vitest";
import { readTime } from "./read-time";

const now = new Date("2026-03-03T14:05:30.000Z");

describe("times as clients write them", () => {
  test.each([
    [1772546730, "2026-03-03T14:05:30.000Z"],
    ["1772546730", "2026-03-03T14:05:30.000Z"],
    [1772546730.25, "2026-03-03T14:05:30.250Z"],
    [1442068686579, "2015-09-12T14:38:06.579Z"],
    ["1442068686579", "2015-09-12T14:38:06.579Z"],
    ["2026-03-03T14:05:30Z", "2026-03-03T14:05:30.000Z"],
    ["2024-02-29T23:59:59.999Z", "2024-02-29T23:59:59.999Z"],
    ["2026-03-03t14:05:30.862z", "2026-03-03T14:05:30.862Z"],
    ["2026-03-03T14:05:60.000Z", "2026-03-03T14:06:00.000Z"],
    ["1969-12-31T23:59:59.500Z", "1969-12-31T23:59:59.500Z"],
    ["2026-03-03T14:05:30.5+01:00", "2026-03-03T13:05:30.500Z"],
    ["2015-10-01T08:00:00-0700", "2015-10-01T15:00:00.000Z"],
    ["2016-01-27T18:55:47 02:00", "2016-01-27T16:55:47.000Z"],
    ["2014-06-04 09:10:11", "2014-06-04T09:10:11.000Z"],
    ["2026-03-03T14:05:30.862+0000", "2026-03-03T14:05:30.862Z"],
    ["2026-03-03T14:05:30.123456789Z", "2026-03-03T14:05:30.123Z"],
    [undefined, now.toISOString()],
    [null, now.toISOString()],
    ["", now.toISOString()],
  ])("%s", (value, expected) => {
    expect(readTime(value, now)).toEqual(new Date(expected));
  });

  test.each([
    ["yesterday"],
    ["2026-02-30T00:00:00Z"],
    ["2026-02-30T00:00:00.000Z"],
    ["2026-13-01 00:00:00"],
    ["2026-03-03T25:00:00Z"],
    ["2026-03-03T24:00:00.000Z"],
    ["2026-03-03T14:60:00.000Z"],
    ["2026-03-03T14:05:3x.000Z"],
    [{}],
    [true],
  ])("%j is a bad time", (value) => expect(readTime(value, now)).toBe("bad_time"));

  test("what JSON makes of a date is read back", () => {
    for (let ms = 0; ms < 4e12; ms += 12_345_678_901) {
      expect(readTime(new Date(ms).toISOString(), now)).toEqual(new Date(ms));
    }
  });

  test.each([[1e300], [Number.NaN], [Number.POSITIVE_INFINITY]])("%s is a bad time", (value) =>
    expect(readTime(value, now)).toBe("bad_time"),
  );
});
