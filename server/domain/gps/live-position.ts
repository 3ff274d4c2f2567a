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
 * Whether a fix becomes the live position; `store_batch` in the database decides the same under the row's lock. The
 * vehicle's own device goes before a crew phone; any other change of source waits for a minute of silence; and time never
 * runs backwards.
 */
export function becomesLive(current: LiveCandidate | null, next: LiveCandidate): boolean {
  if (!current) return true;
  if (orderAt(next) <= orderAt(current)) return false;
  if (next.deviceId === current.deviceId) return true;
  if (next.source === "device" && current.source === "crew") return true;
  return next.receivedAt.getTime() - current.receivedAt.getTime() > SILENCE_MS;
}

/** A fix's place in its batch, and when its vehicle is asked about it: 1 is first. */
export type LiveTurn = { place: number; turn: number };

type Newest = { place: number; atMs: number };

const newDevices = () => new Map<string, Newest>();

function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

/**
 * The newest fix of each device in each vehicle: nothing else of a batch can become live if none of it is a repeat. Of fixes
 * of the same moment the last. A vehicle with several devices is asked about each in turn, its own one first.
 */
export function newestOfDevices(fixes: readonly LiveCandidate[]): LiveTurn[] {
  const vehicles = new Map<string, Map<string, Newest>>();
  let [before, known]: [LiveCandidate | undefined, Newest | undefined] = [undefined, undefined];
  for (const [place, fix] of fixes.entries()) {
    const atMs = Math.min(fix.takenAt.getTime(), fix.receivedAt.getTime());
    // Fixes of a device follow each other: it is looked up once for all of them.
    if (!known || fix.deviceId !== before?.deviceId || fix.vehicleId !== before.vehicleId) {
      known = entry(entry(vehicles, fix.vehicleId, newDevices), fix.deviceId, () => ({ place, atMs }));
    }
    if (atMs >= known.atMs) {
      known.place = place;
      known.atMs = atMs;
    }
    before = fix;
  }
  const rank = ({ place }: Newest) => (fixes[place]?.source === "device" ? 0 : fixes.length) + place;
  return [...vehicles.values()].flatMap((devices) =>
    [...devices.values()].sort((a, b) => rank(a) - rank(b)).map(({ place }, i) => ({ place, turn: i + 1 })),
  );
}
