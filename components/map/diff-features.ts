import type { GeoJSONSourceDiff } from "maplibre-gl";
import type { UnitFeature, UnitProperties } from "./to-feature-collection";

type Drawn = ReadonlyMap<string, UnitFeature>;
const KEYS: readonly (keyof UnitProperties)[] = [
  "kind",
  "icon",
  "turn",
  "beak",
  "beaked",
  "label",
  "late",
  "rank",
  "top",
  "selected",
];
/** Past this share of changed units, sending everything is cheaper than naming each change. */
const MOST_CHANGED = 0.6;

/**
 * What to tell the map's source so that it shows `next` instead of `before`.
 * @returns `everything` when most of it changed, null when nothing did
 */
export function diffFeatures(before: Drawn, next: Drawn): GeoJSONSourceDiff | "everything" | null {
  const add: UnitFeature[] = [];
  const update: NonNullable<GeoJSONSourceDiff["update"]> = [];
  for (const [id, feature] of next) {
    const was = before.get(id);
    if (!was) {
      add.push(feature);
      continue;
    }
    if (was === feature) continue;
    const [lng, lat] = feature.geometry.coordinates;
    const moved = was.geometry.coordinates[0] !== lng || was.geometry.coordinates[1] !== lat;
    const changed = KEYS.filter((key) => was.properties[key] !== feature.properties[key]);
    if (!moved && changed.length === 0) continue;
    update.push({
      id,
      ...(moved && { newGeometry: feature.geometry }),
      ...(changed.length > 0 && {
        addOrUpdateProperties: changed.map((key) => ({ key, value: feature.properties[key] })),
      }),
    });
  }
  const remove = [...before.keys()].filter((id) => !next.has(id));
  const count = add.length + update.length + remove.length;
  if (count === 0) return null;
  if (count > MOST_CHANGED * Math.max(before.size, next.size)) return "everything";
  return { add, update, remove };
}
