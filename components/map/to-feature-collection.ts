import type { Feature, Point } from "geojson";
import { formatAge } from "@/components/lib/format";
import { turnsWithHeading } from "@/components/status/mark-paths";
import { MARKS, type MarkName } from "@/components/status/status-marks";
import { freshnessOf } from "@/server/domain/units/freshness";
import { clusterLabel, clusterUnits } from "./cluster";
import type { LivePosition, UnitOnMap } from "./unit-on-map";

/** What the layers read. `rank` orders labels and marks: the lower wins the place, and lies on top. */
export type UnitProperties = {
  id: string;
  kind: "unit" | "cluster";
  icon: string;
  /** Degrees clockwise: of the mark itself if it is an arrow, else of the beak that shows where a mark is heading. */
  turn: number;
  beak: number;
  beaked: boolean;
  label: string;
  /** Minutes behind, in words; empty when on time. */
  late: string;
  /** Late by an estimate only: amber instead of red. */
  risky: boolean;
  rank: number;
  top: boolean;
  selected: boolean;
};
export type UnitFeature = Feature<Point, UnitProperties>;

/** How a unit shows on the map; null when it is listed only. */
export type Shown = { mark: MarkName; greyed: boolean; ageText: string | null } | null;

const MOVING_MPS = 1.5;

/**
 * Fresh under 2 minutes; then its age is shown; from 10 minutes in doubt, hollow with "?"; after 60 off the map,
 * except on a trip: that unit stays, grey, where it was last.
 * @param ageS - seconds since its newest fix
 */
export function shownAs(unit: Pick<UnitOnMap, "mark" | "onTrip">, ageS: number): Shown {
  // Asked of every unit at every drawing: nothing is made here that is not shown.
  switch (freshnessOf(ageS)) {
    case "fresh":
      return { mark: unit.mark, greyed: false, ageText: null };
    case "aging":
      return { mark: unit.mark, greyed: false, ageText: formatAge(ageS) };
    case "stale":
      return { mark: "stale", greyed: false, ageText: formatAge(ageS) };
    case "dark":
      return unit.onTrip ? { mark: unit.mark, greyed: true, ageText: formatAge(ageS) } : null;
    case "unknown":
      return null;
  }
}

/** The image of a mark: `loaded`, `loaded!` in an emergency, `loaded~` when grey at its last place. */
export const iconName = (mark: MarkName, emergency: boolean, greyed: boolean): string =>
  `unit:${mark}${emergency ? "!" : ""}${greyed ? "~" : ""}`;

/** Labels: selected, then emergency, then available, then the others. */
const rankOf = (unit: UnitOnMap, selected: boolean) => (selected ? 0 : unit.emergency ? 1 : unit.available ? 2 : 3);

/** One unit where it is. */
export function unitFeature(
  unit: UnitOnMap,
  at: LivePosition,
  shown: NonNullable<Shown>,
  selected: boolean,
): UnitFeature {
  const heading = at.headingDeg ?? 0;
  const heads = at.headingDeg !== null && (at.speedMps ?? 0) >= MOVING_MPS && shown.mark !== "stale" && !shown.greyed;
  const turns = turnsWithHeading(MARKS[shown.mark].shape);
  return {
    type: "Feature",
    geometry: { type: "Point", coordinates: [at.lng, at.lat] },
    properties: {
      id: unit.vehicleNo,
      kind: "unit",
      icon: iconName(shown.mark, unit.emergency, shown.greyed),
      turn: turns ? Math.round(heading) : 0,
      beak: Math.round(heading),
      beaked: heads && !turns,
      label: shown.ageText ? `${unit.label} · ${shown.ageText}` : unit.label,
      late: unit.lateMin > 0 ? `${unit.lateIsEstimate ? "~" : ""}${unit.lateMin} min` : "",
      risky: unit.lateIsEstimate,
      rank: rankOf(unit, selected),
      top: selected || unit.emergency,
      selected,
    },
  };
}

const clusterFeature = (cluster: {
  id: string;
  lng: number;
  lat: number;
  count: number;
  free: number;
}): UnitFeature => ({
  type: "Feature",
  geometry: { type: "Point", coordinates: [cluster.lng, cluster.lat] },
  properties: {
    id: cluster.id,
    kind: "cluster",
    icon: "",
    turn: 0,
    beak: 0,
    beaked: false,
    label: clusterLabel(cluster),
    late: "",
    risky: false,
    rank: 9,
    top: false,
    selected: false,
  },
});

export type MapMoment = { nowMs: number; zoom: number; selectedNo: string | null };
export type Draw = (unit: UnitOnMap, at: LivePosition, shown: NonNullable<Shown>, selected: boolean) => UnitFeature;

/**
 * Everything the map draws of the fleet at one moment. Units without a place, or dark and free, are left to the list.
 * @param draw - makes the feature of one unit; a keeper of features answers with the same one while nothing changed
 */
export function unitFeatures(
  units: Iterable<UnitOnMap>,
  positions: ReadonlyMap<string, LivePosition>,
  moment: MapMoment,
  draw: Draw = unitFeature,
): UnitFeature[] {
  const drawn: { unit: UnitOnMap; at: LivePosition; shown: NonNullable<Shown>; selected: boolean }[] = [];
  for (const unit of units) {
    const at = positions.get(unit.vehicleNo);
    if (!at) continue;
    const shown = shownAs(unit, Math.max(0, (moment.nowMs - at.takenAtMs) / 1000));
    if (shown) drawn.push({ unit, at, shown, selected: unit.vehicleNo === moment.selectedNo });
  }
  const { clusters, swallowed } = clusterUnits(
    drawn.map(({ unit, at, selected }) => ({
      id: unit.vehicleNo,
      lng: at.lng,
      lat: at.lat,
      free: unit.available,
      alone: unit.available || unit.emergency || selected,
      pressing: unit.emergency || selected,
    })),
    moment.zoom,
  );
  const alone = drawn.filter(({ unit }) => !swallowed.has(unit.vehicleNo));
  return [
    ...clusters.map(clusterFeature),
    ...alone.map(({ unit, at, shown, selected }) => draw(unit, at, shown, selected)),
  ];
}
