import type { Travel, TravelBand } from "@/server/domain/scheduling/problem";
import { toMin } from "./layout";
import type { PlaceIndex, PlanningTravel, Seconds, Weights } from "./types";

/** Nothing is farther, in metres or seconds. */
const LONGEST_M = 30_000_000;

/** Is this a time or a distance? Written out, as it is asked a million times. */
const isReal = (value: number | null | undefined): value is number =>
  value !== null && value !== undefined && value >= 0 && value <= LONGEST_M;

function bandOf(band: PlanningTravel["bands"][number], size: number, weights: Weights): TravelBand {
  const minutes = new Float64Array(size * size).fill(Number.NaN);
  const cost = new Float64Array(size * size).fill(Number.NaN);
  const { durationsS, distancesM } = band;
  const [perMetre, perSecond] = [weights.perKm / 1000, weights.perDrivingHour / 3600];
  for (let cell = 0; cell < minutes.length; cell++) {
    const duration = durationsS[cell];
    const metres = distancesM[cell];
    if (!isReal(duration) || !isReal(metres)) continue;
    const seconds = Math.ceil(duration);
    minutes[cell] = toMin(seconds);
    cost[cell] = metres * perMetre + seconds * perSecond;
  }
  for (let place = 0; place < size; place++) {
    minutes[place * (size + 1)] = 0;
    cost[place * (size + 1)] = 0;
  }
  return { from: toMin(band.fromS), minutes, cost };
}

/** Travel as the engine wants it; whatever is no time or no distance cannot be driven. */
export function travelOf({ size, bands }: PlanningTravel, weights: Weights): Travel {
  const sorted = bands.toSorted((a, b) => a.fromS - b.fromS).map((band) => bandOf(band, size, weights));
  const none = () => new Float64Array(size * size).fill(Number.NaN);
  const first = sorted[0] ?? { from: 0, minutes: none(), cost: none() };
  return { size, minutes: first.minutes, cost: first.cost, ...(sorted.length > 1 ? { bands: sorted } : {}) };
}

const real = (value: number | null | undefined): number => (isReal(value) ? value : Number.NaN);

export type Way = { driveS: number; driveM: number };

/** The band that a departure falls into; before them all it is the earliest. */
function bandAt(bands: PlanningTravel["bands"], leaveS: Seconds): PlanningTravel["bands"][number] | undefined {
  let [begun, earliest]: (PlanningTravel["bands"][number] | undefined)[] = [];
  for (const band of bands) {
    if (band.fromS <= leaveS && (!begun || band.fromS >= begun.fromS)) begun = band;
    if (!earliest || band.fromS < earliest.fromS) earliest = band;
  }
  return begun ?? earliest;
}

/** The way between two places when leaving at a time. Infinite when there is none. */
export function wayBetween({ size, bands }: PlanningTravel, from: PlaceIndex, to: PlaceIndex, leaveS: Seconds): Way {
  if (from === to) return { driveS: 0, driveM: 0 };
  const current = bandAt(bands, leaveS);
  const driveS = Math.ceil(real(current?.durationsS[from * size + to]));
  const driveM = real(current?.distancesM[from * size + to]);
  return Number.isNaN(driveS + driveM)
    ? { driveS: Number.POSITIVE_INFINITY, driveM: Number.POSITIVE_INFINITY }
    : { driveS, driveM };
}

/** Metres between two places, by the first band that knows them; infinite when none does. */
export function metresBetween({ size, bands }: PlanningTravel, from: PlaceIndex, to: PlaceIndex): number {
  if (from === to) return 0;
  for (const band of bands) {
    const metres = real(band.distancesM[from * size + to]);
    if (!Number.isNaN(metres) && !Number.isNaN(real(band.durationsS[from * size + to]))) return metres;
  }
  return Number.POSITIVE_INFINITY;
}

/** The slowest way between two places over the whole day, in seconds. */
export const slowestS = (travel: PlanningTravel, from: PlaceIndex, to: PlaceIndex): number =>
  Math.max(
    travel.bands.length > 0 || from === to ? 0 : Number.POSITIVE_INFINITY,
    ...travel.bands.map((band) => wayBetween({ ...travel, bands: [band] }, from, to, 0).driveS),
  );
