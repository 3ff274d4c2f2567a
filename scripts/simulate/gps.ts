import type { Random } from "@/scripts/county/random";
import type { LngLat } from "@/server/domain/geo/lng-lat";

/** A fix as `POST /api/v1/positions` takes it. */
export type Fix = {
  takenAt: string;
  lat: number;
  lon: number;
  accuracyM: number;
  speedMps: number;
  headingDeg: number;
  altitudeM: number;
  batteryPct: number;
  charging: boolean;
};
/** What a phone's receiver carries from fix to fix: its error drifts, it does not jump. */
export type Receiver = { driftEastM: number; driftNorthM: number; batteryPct: number };

const METRES_PER_DEGREE = 111_195;
const bell = (random: Random) => random() + random() + random() - 1.5;
const round = (value: number, digits: number) => Math.round(value * 10 ** digits) / 10 ** digits;

export const newReceiver = (random: Random): Receiver => ({
  driftEastM: bell(random) * 3,
  driftNorthM: bell(random) * 3,
  batteryPct: 55 + random() * 45,
});

/** What the phone in the truck says: the true place with a few metres of slowly drifting error. */
export function takeFix(
  receiver: Receiver,
  truth: { point: LngLat; headingDeg: number; speedMps: number; at: Date },
  random: Random,
): { receiver: Receiver; fix: Fix } {
  const next: Receiver = {
    driftEastM: receiver.driftEastM * 0.9 + bell(random) * 1.6,
    driftNorthM: receiver.driftNorthM * 0.9 + bell(random) * 1.6,
    batteryPct: Math.min(100, receiver.batteryPct + 0.01),
  };
  const { point, speedMps } = truth;
  const east = METRES_PER_DEGREE * Math.cos((point.lat * Math.PI) / 180);
  const fix = {
    takenAt: truth.at.toISOString(),
    lat: round(point.lat + next.driftNorthM / METRES_PER_DEGREE, 7),
    lon: round(point.lng + next.driftEastM / east, 7),
    accuracyM: round(3 + Math.hypot(next.driftEastM, next.driftNorthM), 1),
    speedMps: round(Math.max(0, speedMps + (speedMps > 1 ? bell(random) * 0.4 : 0)), 1),
    headingDeg: round((truth.headingDeg + (speedMps > 1 ? bell(random) * 4 : 0) + 360) % 360, 0) % 360,
    altitudeM: round(180 + bell(random) * 4, 0),
    batteryPct: Math.round(next.batteryPct),
    charging: true,
  };
  return { receiver: next, fix };
}
