import { describe, expect, test } from "vitest";
import { TRIP_STATUSES } from "@/server/domain/trips/vocabulary";
import { MARK_PATHS } from "./mark-paths";
import { HUES, MARK_NAMES, MARKS, ON_MARK, SURFACES, tripMark, unitMark } from "./status-marks";

const channel = (hex: string, at: number) => {
  const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
  return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
};
type Rgb = [number, number, number];
const linear = (hex: string): Rgb => [channel(hex, 1), channel(hex, 3), channel(hex, 5)];
const luminance = ([r, g, b]: Rgb) => 0.2126 * r + 0.7152 * g + 0.0722 * b;
/** WCAG 2.2 contrast ratio, 1 to 21. */
const contrast = (a: string, b: string) => {
  const [light, dark] = [luminance(linear(a)), luminance(linear(b))].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
};
/** Viénot, Brettel, Mollon 1999: linear RGB as a person without one kind of cone sees it. */
const SIMULATED = {
  protanopia: [0.11238, 0.88762, 0, 0.11238, 0.88762, 0, 0.00401, -0.00401, 1],
  deuteranopia: [0.29275, 0.70725, 0, 0.29275, 0.70725, 0, -0.02234, 0.02234, 1],
} as const;
const seenWith = (kind: keyof typeof SIMULATED, [r, g, b]: Rgb): Rgb => {
  const m = SIMULATED[kind];
  return [m[0] * r + m[1] * g + m[2] * b, m[3] * r + m[4] * g + m[5] * b, m[6] * r + m[7] * g + m[8] * b];
};
const apart = (a: Rgb, b: Rgb) =>
  Math.hypot(...a.map((value, index) => Math.sqrt(Math.max(0, value)) - Math.sqrt(Math.max(0, b[index] ?? 0))));

const themes = ["light", "dark"] as const;

describe.each(themes)("in the %s theme", (theme) => {
  test.each(Object.entries(HUES))("%s text passes 4.5:1 and its mark 3:1 on every surface", (_name, hue) => {
    for (const surface of SURFACES[theme]) {
      expect(contrast(hue.text[theme], surface), surface).toBeGreaterThanOrEqual(4.5);
      expect(contrast(hue.mark[theme], surface), surface).toBeGreaterThanOrEqual(3);
    }
  });

  test.each(Object.entries(HUES))("what is drawn on a %s mark passes 3:1", (_name, hue) => {
    expect(contrast(ON_MARK[theme], hue.mark[theme])).toBeGreaterThanOrEqual(3);
  });
});

test("two marks are never the same shape with hues that a colour-blind eye confuses", () => {
  for (const theme of themes)
    for (const kind of ["protanopia", "deuteranopia"] as const)
      for (const [index, a] of MARK_NAMES.entries())
        for (const b of MARK_NAMES.slice(index + 1)) {
          const [one, other] = [MARKS[a], MARKS[b]];
          const colours = [one, other].map((mark) => seenWith(kind, linear(HUES[mark.hue].mark[theme]))) as [Rgb, Rgb];
          const differs = one.shape !== other.shape || apart(...colours) > 0.2;
          expect(differs, `${a} and ${b} (${theme}, ${kind})`).toBe(true);
        }
});

test("every mark has a word, a drawing, and no red", () => {
  for (const name of MARK_NAMES) {
    expect(MARKS[name].word).not.toBe("");
    expect(MARK_PATHS[MARKS[name].shape].length).toBeGreaterThan(0);
    expect(MARKS[name].hue).not.toBe("red");
  }
  expect(new Set(MARK_NAMES.map((name) => MARKS[name].shape)).size).toBe(MARK_NAMES.length);
});

test("every trip status has a mark, and a unit's trip speaks before its state", () => {
  for (const status of TRIP_STATUSES) expect(tripMark(status).word).toMatch(/^[A-Z]/);
  expect(unitMark({ signedOn: true, state: "available", tripStatus: "loaded" }).mark).toBe("loaded");
  expect(unitMark({ signedOn: true, state: "posted" })).toEqual({ mark: "available", word: "Posted" });
  expect(unitMark({ signedOn: false, state: "available" }).mark).toBe("off_duty");
});
