import { layers } from "@protomaps/basemaps";
import type {
  ExpressionSpecification,
  FillLayerSpecification,
  LayerSpecification,
  StyleSpecification,
} from "maplibre-gl";
import { type BasemapColors, basemapColors, type MapTheme } from "./basemap-flavors";
import { FONTS, labelLayers } from "./basemap-labels";

export type { MapTheme } from "./basemap-flavors";

const SOURCE = "basemap";
/** The first layer of names: what lies on the ground (trails, areas) is added before it. */
export const FIRST_LABEL_LAYER = "label_address";

const builtUp = (colors: BasemapColors): FillLayerSpecification => ({
  id: "landuse_residential",
  type: "fill",
  source: SOURCE,
  "source-layer": "landuse",
  filter: ["in", ["get", "kind"], ["literal", ["residential", "commercial"]]],
  paint: { "fill-color": colors.builtUp, "fill-antialias": false },
});

const PRIMARY: ExpressionSpecification = ["==", ["get", "kind_detail"], "primary"];
const byClass = (primary: number, other: number): ExpressionSpecification => ["case", PRIMARY, primary, other];
const major: ExpressionSpecification = [
  "interpolate",
  ["exponential", 1.6],
  ["zoom"],
  7,
  byClass(0.5, 0),
  10,
  byClass(1.4, 0.6),
  12,
  byClass(2.6, 1.4),
  15,
  byClass(5.5, 3.4),
  18,
  byClass(20, 14),
];
const highway: ExpressionSpecification = [
  "interpolate",
  ["exponential", 1.6],
  ["zoom"],
  5,
  0.8,
  8,
  1.6,
  12,
  2.4,
  15,
  6,
  18,
  18,
];
/** Roads by class, so that the eye finds the way: the library draws every major road alike. */
const WIDER: Record<string, ExpressionSpecification | undefined> = {
  roads_major: major,
  roads_bridges_major: major,
  roads_highway: highway,
  roads_bridges_highway: highway,
};

/** Changes to the library's layers: softer houses, a county line one can see, creeks from farther out. */
function tuned(layer: LayerSpecification, theme: MapTheme): LayerSpecification {
  if (layer.id === "buildings" && layer.type === "fill")
    return {
      ...layer,
      minzoom: 13.5,
      paint: {
        ...layer.paint,
        "fill-opacity": ["interpolate", ["linear"], ["zoom"], 13.5, 0, 14.5, theme === "dark" ? 0.9 : 0.75],
      },
    };
  if (layer.id === "boundaries" && layer.type === "line")
    return { ...layer, paint: { ...layer.paint, "line-width": 1.2, "line-opacity": 0.6, "line-dasharray": [4, 3] } };
  const width = WIDER[layer.id];
  if (width && layer.type === "line") return { ...layer, paint: { ...layer.paint, "line-width": width } };
  if (layer.id === "water_stream") return { ...layer, minzoom: 10.5 };
  if (layer.id === "roads_link" || layer.id === "roads_link_casing") return { ...layer, minzoom: 12 };
  return layer;
}

/**
 * The whole basemap as a MapLibre style: tiles, fonts and icons from our own origin only.
 * Icons are drawn on demand: pass `basemapIcon` to `map.setMissingStyleImageResolver`.
 * @param origin - scheme, host and port of the console, without a trailing slash
 */
export function basemapStyle(theme: MapTheme, origin: string): StyleSpecification {
  const colors = basemapColors(theme);
  const drawn = layers(SOURCE, colors.flavor, { lang: "en" }).filter(
    (l) => l.type !== "symbol" && l.id !== "landcover",
  );
  const ground = drawn.map((layer) => tuned(layer, theme));
  const parks = ground.findIndex((l) => l.id === "landuse_park");
  return {
    version: 8,
    name: `Runboard ${theme}`,
    sources: { [SOURCE]: { type: "vector", tiles: [`${origin}/tiles/{z}/{x}/{y}`], maxzoom: 15, attribution: "" } },
    "font-faces": {
      [FONTS.regular]: `${origin}/fonts/inter-map-400.woff2`,
      [FONTS.medium]: `${origin}/fonts/inter-map-500.woff2`,
      [FONTS.italic]: `${origin}/fonts/inter-map-400-italic.woff2`,
    },
    layers: [...ground.slice(0, parks), builtUp(colors), ...ground.slice(parks), ...labelLayers(SOURCE, colors)],
  };
}
