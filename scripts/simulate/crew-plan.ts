import type { Random } from "@/scripts/county/random";
import type { Trip } from "./wire";

/** What a crew does about its trip: presses a button, drives somewhere, or waits. `after` is how long it takes, seconds. */
export type Step =
  | { press: string; afterS: number }
  | { driveTo: "pickup" | "dropoff"; onArrival: string }
  | { wait: "no_destination" | "nothing" };

const between = (random: Random, low: number, high: number) => low + random() * (high - low);

/** The crew's next step for a trip in its present state; times are those of a calm working day, shorter in an emergency. */
export function nextStep(trip: Pick<Trip, "status" | "kind" | "priority" | "dropoff">, random: Random): Step {
  const hurry = trip.priority === "emergency" ? 0.5 : 1;
  const hasDropoff = trip.dropoff?.lat != null && trip.dropoff.lon != null;
  switch (trip.status) {
    case "dispatched":
      return { press: "acknowledged", afterS: between(random, 5, 26) * hurry };
    case "acknowledged":
      return { press: "en_route", afterS: between(random, 15, 55) * hurry };
    case "en_route":
      return { driveTo: "pickup", onArrival: "at_pickup" };
    case "at_pickup":
      if (trip.kind !== "transport") return { press: "completed", afterS: between(random, 300, 700) };
      return hasDropoff ? { press: "loaded", afterS: between(random, 180, 480) * hurry } : { wait: "no_destination" };
    case "loaded":
      return hasDropoff ? { driveTo: "dropoff", onArrival: "at_dropoff" } : { wait: "no_destination" };
    case "at_dropoff":
      return { press: "completed", afterS: between(random, 240, 600) };
    default:
      return { wait: "nothing" };
  }
}

const ORDER = ["dispatched", "acknowledged", "en_route", "at_pickup", "loaded", "at_dropoff"];

/** The trip a unit works on: the one that has come farthest; with several riders aboard, the first of them. */
export function currentTrip<T extends Pick<Trip, "id" | "status">>(trips: readonly T[]): T | null {
  const ranked = trips
    .filter((t) => ORDER.includes(t.status))
    .toSorted((a, b) => ORDER.indexOf(b.status) - ORDER.indexOf(a.status) || a.id.localeCompare(b.id));
  return ranked[0] ?? null;
}
export const WORKING = ORDER;
