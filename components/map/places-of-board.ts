import type { Facility } from "@/server/domain/fleet/facility";
import type { BoardView } from "@/server/domain/trips/board-view";
import type { MapView } from "./map-canvas";
import type { Place } from "./place-layer";
import type { UnitOnMap } from "./unit-on-map";

const STATUS_WORDS: Record<Facility["status"], string> = {
  open: "",
  limited: "limited",
  divert: "divert",
  closed: "closed",
};

/** Facilities worth a word on the map: those that are not simply open. The others are on the basemap. */
export const facilityPlaces = (facilities: readonly Facility[]): Place[] =>
  facilities
    .filter(({ status }) => status !== "open")
    .map(({ id, name, lat, lon, status }) => ({
      id,
      kind: "facility",
      lng: lon,
      lat,
      label: `${name} · ${STATUS_WORDS[status]}`,
      tone: "caution",
    }));

/** Where the trips that a unit is on begin and end. Labels name facilities only: addresses are patient data. */
export function endsOfUnit({ trips, units }: Pick<BoardView, "trips" | "units">, unit: UnitOnMap): Place[] {
  const active = new Set(units.find(({ shiftId }) => shiftId === unit.shiftId)?.activeTripIds);
  return trips
    .filter(({ id }) => active.has(id))
    .flatMap(({ id, number, from, to }) => [
      {
        id: `${id}-p`,
        kind: "pickup" as const,
        lng: from.lon,
        lat: from.lat,
        label: from.facilityId ? (from.label ?? "") : `Pickup ${number}`,
      },
      ...(to
        ? [
            {
              id: `${id}-d`,
              kind: "dropoff" as const,
              lng: to.lon,
              lat: to.lat,
              label: to.facilityId ? (to.label ?? "") : `Drop-off ${number}`,
            },
          ]
        : []),
    ]);
}

/** The middle of the agency's facilities: where to look before any unit is known. */
export function homeView(facilities: readonly Facility[]): MapView {
  const mean = (of: "lat" | "lon") => facilities.reduce((sum, facility) => sum + facility[of], 0) / facilities.length;
  return facilities.length > 0 ? { center: [mean("lon"), mean("lat")], zoom: 10.5 } : { center: [-96, 39], zoom: 4 };
}
