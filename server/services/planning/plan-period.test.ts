import { expect, test } from "vitest";
import { askedPeriod } from "./plan-period";

const ZONE = "America/New_York";
const at = (iso: string) => new Date(iso);
const asked = (input: Parameters<typeof askedPeriod>[0], now: string) => {
  const { from, to, kind, serviceDate } = askedPeriod(input, at(now), ZONE);
  return { from: from.toISOString(), to: to.toISOString(), kind, serviceDate };
};

test("with nothing said the rest of the agency's day is planned", () => {
  expect(asked({}, "2026-12-01T15:00:00Z")).toEqual({
    from: "2026-12-01T15:00:00.000Z",
    to: "2026-12-02T05:00:00.000Z",
    kind: "mid_day",
    serviceDate: "2026-12-01",
  });
});

test("late in the day the plan crosses midnight: six hours are planned at least", () => {
  expect(asked({}, "2026-12-02T04:30:00Z")).toMatchObject({
    to: "2026-12-02T10:30:00.000Z",
    kind: "mid_day",
    serviceDate: "2026-12-01",
  });
  const from = at("2026-12-03T04:00:00Z");
  expect(asked({ from }, "2026-12-01T15:00:00Z")).toMatchObject({ to: "2026-12-03T10:00:00.000Z", kind: "day_ahead" });
});

test("a day and an end that are named stay as they are", () => {
  expect(asked({ date: "2026-12-01" }, "2026-12-02T04:30:00Z")).toMatchObject({ to: "2026-12-02T05:00:00.000Z" });
  const to = at("2026-12-02T04:45:00Z");
  expect(asked({ to }, "2026-12-02T04:30:00Z")).toMatchObject({ to: to.toISOString() });
});

test("what is over, too long or too far away is refused by name", () => {
  const now = at("2026-12-01T15:00:00Z");
  const refused = (input: Parameters<typeof askedPeriod>[0], path: string) =>
    expect(() => askedPeriod(input, now, ZONE)).toThrow(
      expect.objectContaining({ reasons: [expect.objectContaining({ path })] }),
    );
  refused({ date: "2026-11-30" }, "date");
  refused({ to: at("2026-12-01T14:00:00Z") }, "to");
  refused({ to: at("2026-12-03T15:00:00Z") }, "to");
  refused({ date: "2027-03-01" }, "from");
});
