import { expect, test } from "vitest";
import { judgeRefreshToken, type RefreshTokenState } from "./refresh-rotation";

const now = new Date("2030-05-01T12:00:00Z");
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000);
const judge = (state: Partial<RefreshTokenState>) =>
  judgeRefreshToken({ usedAt: null, reusedAt: null, expiresAt: ago(-3600), isSuccessorUsed: false, ...state }, now);

test("an unused token is exchanged until it expires", () => {
  expect(judge({})).toBe("fresh");
  expect(judge({ expiresAt: now })).toBe("expired");
});
test("the previous one is accepted once more for 60 s", () => {
  expect(judge({ usedAt: ago(60) })).toBe("again");
  expect(judge({ usedAt: ago(61) })).toBe("stolen");
  expect(judge({ usedAt: ago(10), reusedAt: ago(5) })).toBe("stolen");
});
test("one whose successor was used is an older one", () => {
  expect(judge({ usedAt: ago(10), isSuccessorUsed: true })).toBe("stolen");
});
