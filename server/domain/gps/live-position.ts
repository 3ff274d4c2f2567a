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
 * Whether a fix becomes the live position. The vehicle's own device goes before a crew phone; any other change of
 * source waits for a minute of silence; and time never runs backwards.
 */
export function becomesLive(current: LiveCandidate | null, next: LiveCandidate): boolean {
  if (!current) return true;
  if (orderAt(next) <= orderAt(current)) return false;
  if (next.deviceId === current.deviceId) return true;
  if (next.source === "device" && current.source === "crew") return true;
  return next.receivedAt.getTime() - current.receivedAt.getTime() > SILENCE_MS;
}

/**
 * The newest fix of each device, in waves with each vehicle at most once in a wave (an upsert may touch a row once).
 * A vehicle's own device comes in the first wave, the others in the order of arrival.
 */
export function planLiveWaves<F extends LiveCandidate>(fixes: readonly F[]): F[][] {
  const newest = new Map<string, F>();
  for (const fix of fixes) {
    const key = `${fix.vehicleId} ${fix.deviceId}`;
    const known = newest.get(key);
    if (!known || orderAt(fix) >= orderAt(known)) newest.set(key, fix);
  }
  const rank = (fix: F) => (fix.source === "device" ? 0 : 1);
  const ordered = [...newest.values()].sort((a, b) => rank(a) - rank(b));
  const turns = new Map<string, number>();
  const waves: F[][] = [];
  for (const fix of ordered) {
    const turn = turns.get(fix.vehicleId) ?? 0;
    turns.set(fix.vehicleId, turn + 1);
    (waves[turn] ??= []).push(fix);
  }
  return waves.map((wave) => wave.sort((a, b) => (a.vehicleId < b.vehicleId ? -1 : 1)));
}
