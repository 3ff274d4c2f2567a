import { mercatorX, mercatorY, worldPx } from "./mercator";
import type { UnitFeature } from "./to-feature-collection";
import { LABEL_ZOOM } from "./unit-layers";

/** So many labels the map may try to place by itself. */
const MANY = 400;
/** About a label's room, CSS pixels. */
const ROOM_PX = { width: 48, height: 22 };

/**
 * Which features may have a label: the map tries each of them at four sides at every drawing, and where marks lie on top
 * of one another all but one fail. Of a crowd only the most pressing unit of each label's room is tried.
 * @returns clusters, selected and emergency units always; the others from the zoom on at which labels are shown
 */
export function speakingUnits(features: readonly UnitFeature[], zoom: number): UnitFeature[] {
  if (zoom >= LABEL_ZOOM && features.length <= MANY) return [...features];
  const pressing = features.filter(({ properties }) => properties.kind === "cluster" || properties.top);
  return zoom < LABEL_ZOOM ? pressing : [...pressing, ...firstOfEachRoom(features, zoom)];
}

/** Rooms are fixed to the ground, so that a pan changes no label. */
function firstOfEachRoom(features: readonly UnitFeature[], zoom: number): Iterable<UnitFeature> {
  const px = worldPx(Math.floor(zoom * 2) / 2);
  const across = Math.ceil(px / ROOM_PX.width);
  const first = new Map<number, UnitFeature>();
  for (const feature of features) {
    if (feature.properties.kind === "cluster" || feature.properties.top) continue;
    const [lng = 0, lat = 0] = feature.geometry.coordinates;
    const row = Math.floor((mercatorY(lat) * px) / ROOM_PX.height);
    const room = row * across + Math.floor((mercatorX(lng) * px) / ROOM_PX.width);
    const known = first.get(room);
    if (!known || feature.properties.rank < known.properties.rank) first.set(room, feature);
  }
  return first.values();
}
