import { pack } from "./places";
import type { ProblemInput, RequestInput, StopInput, VehicleInput } from "./problem";

const isTime = (value: number) => Number.isFinite(value);
const isDuration = (value: number) => value >= 0;

function stopFault(stop: StopInput, size: number): string | null {
  if (!Number.isInteger(stop.place) || stop.place < 0 || stop.place >= size) return "its place is unknown";
  if (!isTime(stop.serviceMin) || stop.serviceMin < 0) return "its service time is not a duration";
  if (!isTime(stop.earliest) || !isTime(stop.latest)) return "its window is not a time";
  return stop.latest < stop.earliest ? "its window ends before it begins" : null;
}

/** What makes a request unusable as it was entered. @returns the reason, or null */
export function requestFault(request: RequestInput, size: number): string | null {
  const pickup = stopFault(request.pickup, size);
  if (pickup) return `pickup: ${pickup}`;
  const dropoff = stopFault(request.dropoff, size);
  if (dropoff) return `drop-off: ${dropoff}`;
  if (!isDuration(request.maxRideMin)) return "its ride limit is not a duration";
  try {
    pack(request.riders);
    return null;
  } catch (error) {
    return error instanceof RangeError ? error.message : "its riders cannot be counted";
  }
}

function vehicleFault(vehicle: VehicleInput, size: number): string | null {
  const inside = [vehicle.start, vehicle.end].every((p) => Number.isInteger(p) && p >= 0 && p < size);
  if (!inside) return "its base is unknown";
  if (!isTime(vehicle.earliest) || !isTime(vehicle.latest)) return "its shift is not a time";
  if (!isDuration(vehicle.maxRouteMin)) return "its route limit is no duration";
  if (vehicle.setUps.length === 0) return "it has no places";
  for (const visit of vehicle.visits ?? []) {
    const fault = stopFault({ ...visit, place: visit.place ?? 0 }, size);
    if (fault) return `a stop of it: ${fault}`;
  }
  return null;
}

/**
 * Checks vehicles and matrix, which have to be sound as a whole.
 * @throws RangeError naming what is wrong
 */
export function refuseFaults({ vehicles, travel }: ProblemInput): void {
  const cells = travel.size * travel.size;
  for (const band of travel.bands ?? [travel])
    if (band.minutes.length !== cells || band.cost.length !== cells)
      throw new RangeError("the travel matrix is not square");
  for (const vehicle of vehicles) {
    const fault = vehicleFault(vehicle, travel.size);
    if (fault) throw new RangeError(`vehicle ${vehicle.id}: ${fault}`);
  }
}
