import { distanceM } from "@/server/domain/geo/lng-lat";

const MAX_SPEED_MPS = 100;
const MIN_JUMP_M = 1_000;
/** So many fixes that agree with each other move the anchor: the last one of them is believed. */
const FIXES_TO_MOVE_ANCHOR = 3;

/** Where a device was, as far as jumps care. */
export type Sighting = { takenAt: Date; lat: number; lon: number };

/** What is known of a device: its newest believed fix, and the run of fixes that contradict it. */
export type JumpState = { anchor: Sighting | null; run: Sighting[] };

/** The believed fixes around one that is older than the anchor; `null` where there is none. */
export type Neighbours = { before: Sighting | null; after: Sighting | null };

export const noSightings: JumpState = { anchor: null, run: [] };

/** Whether nothing on wheels gets from one to the other: over 100 m/s and over 1 km, whichever came first. */
export function isJump(a: Sighting, b: Sighting): boolean {
  const apartM = distanceM({ lng: a.lon, lat: a.lat }, { lng: b.lon, lat: b.lat });
  const apartS = Math.abs(b.takenAt.getTime() - a.takenAt.getTime()) / 1000;
  return apartM > MIN_JUMP_M && apartM > MAX_SPEED_MPS * apartS;
}

/**
 * Judges one fix of a device against its neighbours in time and gives the state after it. It is a jump when it
 * contradicts every neighbour it has; a repeated fix never counts twice towards moving the anchor.
 * @param around - believed neighbours of a late fix; without them the anchor is its only neighbour
 */
export function detectJump(state: JumpState, fix: Sighting, around?: Neighbours): { jump: boolean; state: JumpState } {
  const known = around ? [around.before, around.after] : [state.anchor];
  const neighbours = known.filter((sighting) => sighting !== null);
  const contradicts = neighbours.length > 0 && neighbours.every((neighbour) => isJump(neighbour, fix));
  if (!contradicts) return { jump: false, state: { anchor: newest(state.anchor, fix), run: [] } };
  if (state.run.some((seen) => isSame(seen, fix))) return { jump: true, state };
  const last = state.run.at(-1);
  const run = last && !isJump(last, fix) ? [...state.run, fix] : [fix];
  if (run.length < FIXES_TO_MOVE_ANCHOR) return { jump: true, state: { anchor: state.anchor, run } };
  return { jump: false, state: { anchor: newest(state.anchor, fix), run: [] } };
}

const newest = (anchor: Sighting | null, fix: Sighting): Sighting =>
  anchor && anchor.takenAt >= fix.takenAt ? anchor : { takenAt: fix.takenAt, lat: fix.lat, lon: fix.lon };

const isSame = (a: Sighting, b: Sighting) =>
  a.takenAt.getTime() === b.takenAt.getTime() && a.lat === b.lat && a.lon === b.lon;
