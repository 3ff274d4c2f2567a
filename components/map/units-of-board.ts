import { isOnlyAtRisk, lateMinutes } from "@/components/board/split-trips";
import { unitMark } from "@/components/status/status-marks";
import { tripsOfUnit } from "@/components/trips/support-words";
import type { BoardTrip, BoardUnit, BoardView } from "@/server/domain/trips/board-view";
import { isSignedOn } from "@/server/domain/units/availability";
import type { LivePosition, UnitOnMap } from "./unit-on-map";

/** In the order of a trip's life, so that the furthest of several tells what the unit does. */
const ORDER = ["dispatched", "acknowledged", "en_route", "at_pickup", "loaded", "at_dropoff"];
const progress = (trip: BoardTrip) => ORDER.indexOf(trip.status);

/** What is late by the clock counts before what an estimate fears. */
export function latenessOf(
  trips: readonly Pick<BoardTrip, "latenessS" | "exceptions">[],
): Pick<UnitOnMap, "lateMin" | "lateIsEstimate"> {
  const worst = (some: readonly Pick<BoardTrip, "latenessS">[]) => Math.max(0, ...some.map(lateMinutes));
  const lateMin = worst(trips.filter((trip) => !isOnlyAtRisk(trip)));
  return lateMin > 0
    ? { lateMin, lateIsEstimate: false }
    : { lateMin: worst(trips), lateIsEstimate: trips.some(isOnlyAtRisk) };
}

function unitOnMap(
  unit: BoardUnit,
  trips: BoardTrip[],
  silentReason: string | null,
  crewEmergency: boolean,
): UnitOnMap {
  const furthest = trips.toSorted((a, b) => progress(b) - progress(a))[0];
  const { mark, word } = unitMark({
    signedOn: isSignedOn(unit),
    state: unit.state,
    tripStatus: furthest && progress(furthest) >= 0 ? furthest.status : null,
  });
  return {
    vehicleNo: unit.vehicleNo,
    vehicleId: unit.vehicleId,
    shiftId: unit.shiftId,
    label: unit.callSign,
    mark,
    word,
    since: furthest && progress(furthest) >= 0 ? furthest.statusSince : (unit.stateSince ?? unit.signedOnAt),
    available: unit.availability === "ONLINE",
    onTrip: unit.availability === "ON_TRIP",
    emergency: crewEmergency || trips.some(({ priority }) => priority === "emergency"),
    ...latenessOf(trips),
    darkReason: silentReason,
  };
}

/** The units of the board as the map shows them. A unit that holds a later trip in reserve is still available. */
export function unitsOfBoard({
  units,
  trips,
  exceptions,
}: Pick<BoardView, "units" | "trips" | "exceptions">): UnitOnMap[] {
  const tripById = new Map(trips.map((trip) => [trip.id, trip]));
  return units.map((unit) => {
    const own = tripsOfUnit(unit, tripById);
    const open = exceptions.filter(({ shiftId, subjectId }) => shiftId === unit.shiftId || subjectId === unit.shiftId);
    const reason = open.find(({ kind }) => kind === "unit_dark")?.detail.reason;
    return unitOnMap(
      unit,
      own,
      typeof reason === "string" ? reason : null,
      open.some(({ kind }) => kind === "crew_emergency"),
    );
  });
}

/** Where the board's units were when it was read, for those the live feed has not told about yet. */
export function positionsOfBoard(units: readonly BoardUnit[]): Map<string, LivePosition> {
  return new Map(
    units.flatMap(({ vehicleNo, position }) =>
      position
        ? [
            [
              vehicleNo,
              {
                lng: position.lon,
                lat: position.lat,
                headingDeg: position.headingDeg,
                speedMps: position.speedMps,
                takenAtMs: Math.min(position.takenAt.getTime(), position.receivedAt.getTime()),
              },
            ] as const,
          ]
        : [],
    ),
  );
}
