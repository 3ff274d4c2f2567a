import type { Vehicle } from "@/server/domain/fleet/vehicle";
import type { BoardUnit } from "@/server/domain/trips/board-view";
import { freshnessOf } from "@/server/domain/units/freshness";
import type { LivePosition, UnitOnMap } from "./unit-on-map";

/** Trucks that report although no shift of the board has them: off duty, shown when asked for. Silent ones are left out. */
export function unitsWithoutShift(vehicles: readonly Vehicle[], units: readonly BoardUnit[]): UnitOnMap[] {
  const taken = new Set(units.map(({ vehicleId }) => vehicleId));
  return vehicles
    .filter(({ id, position }) => !taken.has(id) && position && freshnessOf(position.ageS) !== "dark")
    .map(({ id, vehicleNo, callSign }) => ({
      vehicleNo,
      vehicleId: id,
      shiftId: null,
      label: callSign || vehicleNo,
      mark: "off_duty",
      word: "Off duty",
      since: null,
      available: false,
      onTrip: false,
      emergency: false,
      lateMin: 0,
      lateIsEstimate: false,
      darkReason: null,
    }));
}

/** Where vehicles were when the fleet was read. */
export const positionsOfVehicles = (vehicles: readonly Vehicle[]): Map<string, LivePosition> =>
  new Map(
    vehicles.flatMap(({ vehicleNo, position }) =>
      position
        ? [
            [
              vehicleNo,
              {
                lng: position.lon,
                lat: position.lat,
                headingDeg: position.headingDeg,
                speedMps: position.speedMps,
                takenAtMs: Math.min(Date.parse(position.takenAt), Date.parse(position.receivedAt)),
              },
            ] as const,
          ]
        : [],
    ),
  );
