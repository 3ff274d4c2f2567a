import type { Places } from "@/server/domain/fleet/vocabulary";
import { PLACE_KINDS } from "@/server/domain/trips/vocabulary";

/** One stop as far as seats are concerned: riders get in at a pickup and out at a drop-off. */
export type LoadStep = { tripId: string | null; kind: string; riders: Places };

const EMPTY: Places = { ambulatory: 0, wheelchair: 0, stretcher: 0 };
const add = (a: Places, b: Places, sign: 1 | -1): Places => ({
  ambulatory: a.ambulatory + sign * b.ambulatory,
  wheelchair: a.wheelchair + sign * b.wheelchair,
  stretcher: a.stretcher + sign * b.stretcher,
});
export const isEmpty = (load: Places): boolean => PLACE_KINDS.every((kind) => load[kind] === 0);
export const fitsIn = (load: Places, places: Places): boolean =>
  PLACE_KINDS.every((kind) => load[kind] <= places[kind]);

/** The ways a vehicle can be set up; always at least one. */
export const setUpsOf = (vehicle: { places: Places; configurations: readonly Places[] }): Places[] => [
  vehicle.places,
  ...vehicle.configurations,
];

/** Riders aboard after each stop, by kind of place. @param aboard - riders in the vehicle before the first stop */
export function loadsAlong(route: readonly LoadStep[], aboard: Places = EMPTY): Places[] {
  let load = aboard;
  return route.map((step) => {
    if (step.kind === "pickup") load = add(load, step.riders, 1);
    if (step.kind === "dropoff") load = add(load, step.riders, -1);
    return load;
  });
}

/** The most riders of each kind in each run from empty to empty: the seats are not rearranged with riders aboard. */
export function peaksOf(route: readonly LoadStep[], aboard: Places = EMPTY): Places[] {
  const peaks: Places[] = [];
  let peak = aboard;
  for (const load of loadsAlong(route, aboard)) {
    if (isEmpty(load)) {
      if (!isEmpty(peak)) peaks.push(peak);
      peak = EMPTY;
      continue;
    }
    peak = {
      ambulatory: Math.max(peak.ambulatory, load.ambulatory),
      wheelchair: Math.max(peak.wheelchair, load.wheelchair),
      stretcher: Math.max(peak.stretcher, load.stretcher),
    };
  }
  return isEmpty(peak) ? peaks : [...peaks, peak];
}

/** Does every run of this route fit into one set-up of the vehicle? */
export const routeFits = (route: readonly LoadStep[], setUps: readonly Places[], aboard: Places = EMPTY): boolean =>
  peaksOf(route, aboard).every((peak) => setUps.some((places) => fitsIn(peak, places)));
