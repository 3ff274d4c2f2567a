/** Seconds without a person's activity until a console is locked, unless the agency says otherwise. */
export const LOCK_AFTER_S = 15 * 60;
/** Seconds without activity until a console session ends, unless the agency says otherwise: a long shift. */
export const CONSOLE_IDLE_S = 12 * 3600;
/** Seconds a console session lasts at most. */
export const CONSOLE_LIFE_S = 24 * 3600;
/** Seconds without activity until a crew's phone has to sign in again, and at most: shifts of 24 h are usual. */
export const CREW_IDLE_S = 36 * 3600;
export const CREW_LIFE_S = 14 * 24 * 3600;
/** Seconds an API session (a phone, a script) lasts without being refreshed. */
export const API_IDLE_S = 30 * 24 * 3600;
/** Seconds an API session lasts at most. */
export const API_LIFE_S = 90 * 24 * 3600;

export type SessionFacts = {
  kind: "console" | "api";
  lastSeenAt: Date;
  expiresAt: Date;
  idleTimeoutS: number;
  lockedAt: Date | null;
  /** Revoked, or its user or account was deactivated. */
  ended: boolean;
  /** Seconds; 0 never locks by itself. */
  lockAfterS?: number | undefined;
};

export type SessionState = "live" | "locked" | "ended";

/**
 * What a session is worth at `now`: an idle console is locked before it ends, so that a board can stay on the wall.
 * `lastSeenAt` is a person's activity, not a background refetch.
 */
export function sessionState(session: SessionFacts, now: Date): SessionState {
  const idleS = (now.getTime() - session.lastSeenAt.getTime()) / 1000;
  if (session.ended || now >= session.expiresAt || idleS >= session.idleTimeoutS) return "ended";
  if (session.kind === "api") return "live";
  const lockAfterS = session.lockAfterS ?? LOCK_AFTER_S;
  return session.lockedAt !== null || (lockAfterS > 0 && idleS >= lockAfterS) ? "locked" : "live";
}
