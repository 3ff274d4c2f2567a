/** A crew phone (or a second device) is followed only after so much silence of the one followed now. */
export const SILENCE_MS = 60_000;
/** A fix this much older than its arrival is backlog: it is written after the fresh ones. */
const BACKLOG_AFTER_MS = 120_000;

export type SourceKind = "device" | "crew";

/** A fix as a candidate for a vehicle's live position. */
export type LiveCandidate = {
  vehicleId: string;
  deviceId: string;
  source: SourceKind;
  takenAt: Date;
  receivedAt: Date;
};

/** What decides which of two fixes is newer: a clock that runs ahead gains nothing. */
export const orderAt = ({ takenAt, receivedAt }: { takenAt: Date; receivedAt: Date }): Date =>
  takenAt < receivedAt ? takenAt : receivedAt;

export const isBacklog = (fix: { takenAt: Date; receivedAt: Date }): boolean =>
  fix.receivedAt.getTime() - fix.takenAt.getTime() > BACKLOG_AFTER_MS;

/**
 * Whether a fix becomes the live position; `store_fixes` in the database decides the same under the row's lock. The vehicle's own device goes before a crew phone; any other change of
 * source waits for a minute of silence; and time never runs backwards.
 */
export function becomesLive(current: LiveCandidate | null, next: LiveCandidate): boolean {
  if (!current) return true;
  if (orderAt(next) <= orderAt(current)) return false;
  if (next.deviceId === current.deviceId) return true;
  if (next.source === "device" && current.source === "crew") return true;
  return next.receivedAt.getTime() - current.receivedAt.getTime() > SILENCE_MS;
}
