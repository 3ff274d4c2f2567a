import type { Facility } from "@/server/domain/fleet/facility";
import type { BoardEnd, BoardView } from "@/server/domain/trips/board-view";
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
      ...endPlace(from, { id: `${id}-p`, kind: "pickup", other: `Pickup ${number}` }),
      ...(to ? endPlace(to, { id: `${id}-d`, kind: "dropoff", other: `Drop-off ${number}` }) : []),
    ]);
}

/** One end on the map; none where the viewer may not know the place. */
function endPlace(
  { lat, lon, facilityId, label }: BoardEnd,
  { id, kind, other }: { id: string; kind: "pickup" | "dropoff"; other: string },
): Place[] {
  return lat === null || lon === null ? [] : [{ id, kind, lng: lon, lat, label: facilityId ? (label ?? "") : other }];
}

/** The middle of the agency's facilities: where to look before any unit is known. */
export function homeView(facilities: readonly Facility[]): MapView {
  const mean = (of: "lat" | "lon") => facilities.reduce((sum, facility) => sum + facility[of], 0) / facilities.length;
  return facilities.length > 0 ? { center: [mean("lon"), mean("lat")], zoom: 10.5 } : { center: [-96, 39], zoom: 4 };
}
