import { describe, expect, test } from "vitest";
import { type SessionFacts, sessionState } from "./session-state";

const now = new Date("2030-05-01T12:00:00Z");
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000);
const session = (facts: Partial<SessionFacts> = {}): SessionFacts => ({
  kind: "console",
  lastSeenAt: ago(10),
  expiresAt: ago(-3600),
  idleTimeoutS: 7200,
  lockedAt: null,
  ended: false,
  ...facts,
});

describe("a session", () => {
  test("is live while its person is active", () => expect(sessionState(session(), now)).toBe("live"));
  test("ends when it was revoked, at its expiry and at its idle timeout", () => {
    expect(sessionState(session({ ended: true }), now)).toBe("ended");
    expect(sessionState(session({ expiresAt: now }), now)).toBe("ended");
    expect(sessionState(session({ lastSeenAt: ago(7200) }), now)).toBe("ended");
  });
  test("of an idle console is locked before it ends, and a phone's is not", () => {
    expect(sessionState(session({ lastSeenAt: ago(15 * 60) }), now)).toBe("locked");
    expect(sessionState(session({ lastSeenAt: ago(15 * 60), kind: "api" }), now)).toBe("live");
    expect(sessionState(session({ lastSeenAt: ago(15 * 60), lockAfterS: 0 }), now)).toBe("live");
  });
  test("that was locked by hand stays locked however active it is", () => {
    expect(sessionState(session({ lockedAt: ago(5) }), now)).toBe("locked");
  });
});
