import { describe, expect, test } from "vitest";
import { dutyAt, GRACE_MS } from "./duty";
import { type Bucket, takeOne } from "./token-bucket";

const minute = (n: number) => new Date(Date.UTC(2026, 2, 3, 8, n));
const morning = { shiftId: "s1", vehicleId: "v1", signedOnAt: minute(0), signedOffAt: minute(30) };
const later = { shiftId: "s2", vehicleId: "v2", signedOnAt: minute(35), signedOffAt: null };
const duties = [morning, later];

describe("the shift a person's fix belongs to", () => {
  test.each<[number, string | null]>([
    [-16, null],
    [-15, "s1"],
    [0, "s1"],
    [29, "s1"],
    [30, "s2"],
    [36, "s2"],
    [600, "s2"],
  ])("minute %i: %s", (n, shiftId) => {
    expect(dutyAt(duties, minute(n), GRACE_MS)?.shiftId ?? null).toBe(shiftId);
  });

  test("fifteen minutes after the sign-off is over", () => {
    expect(dutyAt([morning], minute(44), GRACE_MS)).toBe(morning);
    expect(dutyAt([morning], minute(45), GRACE_MS)).toBeNull();
  });

  test("without grace only the period itself counts", () => {
    expect(dutyAt(duties, minute(-1))).toBeNull();
    expect(dutyAt(duties, minute(31))).toBeNull();
  });
});

describe("a device's requests", () => {
  const drain = (count: number, everyMs: number) => {
    let bucket: Bucket | undefined;
    return Array.from({ length: count }, (_, i) => {
      const taken = takeOne(bucket, i * everyMs);
      bucket = taken.bucket;
      return taken.retryAfterS;
    });
  };

  test("thirty at once, the next one waits a second", () => {
    const waits = drain(31, 0);
    expect(waits.slice(0, 30)).toEqual(Array(30).fill(null));
    expect(waits[30]).toBe(1);
  });

  test("one a second for ever", () => expect(drain(500, 1000).every((wait) => wait === null)).toBe(true));

  test("a refused request costs nothing", () => {
    const empty: Bucket = { tokens: 0, at: 0 };
    expect(takeOne(takeOne(empty, 500).bucket, 1000).retryAfterS).toBeNull();
  });
});
