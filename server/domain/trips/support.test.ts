import { expect, test } from "vitest";
import { type Clocks, NO_CLOCKS } from "./clocks";
import { decideSupport, isSupporting } from "./support";

const NOW = new Date("2027-03-01T12:00:00Z");
const minutes = (m: number) => new Date(NOW.getTime() + m * 60_000);
const clocks = (set: Partial<Clocks> = {}): Clocks => ({ ...NO_CLOCKS, dispatchedAt: NOW, ...set });

test("a supporting unit goes from the scene to done, and carries nobody", () => {
  const there = { status: "at_pickup" as const, clocks: clocks({ atPickupAt: minutes(3) }) };
  expect(decideSupport(there, { status: "completed", at: null }, minutes(9))).toMatchObject({
    kind: "advance",
    to: "completed",
    at: minutes(9),
    skipped: [],
  });
  const refused = decideSupport(there, { status: "IN_PROGRESS", at: null }, minutes(9));
  expect(refused).toMatchObject({ kind: "refused", reasons: [{ code: "completed" }] });
});

test("that the rider did not come is not for a supporting unit to say", () => {
  const there = { status: "at_pickup" as const, clocks: clocks({ atPickupAt: minutes(3) }) };
  for (const status of ["no_show", "not_transported"] as const) {
    const decision = decideSupport(there, { status, at: null }, minutes(9));
    expect(decision).toMatchObject({ kind: "refused", reasons: [{ code: "not_allowed" }] });
  }
});

test("one that was sent home reports nothing more", () => {
  const decision = decideSupport({ status: "ended", clocks: clocks() }, { status: "en_route", at: null }, minutes(1));
  expect(decision.kind).toBe("refused");
});

test("a unit supports a trip until it is done or let go, and never as the one that carries the rider", () => {
  const told = { role: "assist" as const, current: true, status: "en_route" as const };
  expect(isSupporting(told)).toBe(true);
  expect(isSupporting({ ...told, role: "transport" as const })).toBe(false);
  expect(isSupporting({ ...told, status: "completed" as const })).toBe(false);
  expect(isSupporting({ ...told, current: false, status: "ended" as const })).toBe(false);
});
