import { HUES } from "@/components/status/status-marks";
import { FONTS } from "./basemap-labels";
import type { MapTheme } from "./basemap-style";
import { CLUSTER_BELOW_ZOOM } from "./cluster";
import type { ExpressionSpecification, LayerSpecification } from "./maplibre";
import { AT_RISK, LATE, PLATE } from "./mark-images";

export const UNITS = "units";
export const CLUSTER_LAYER = "units-cluster";
/** From here on every unit has its label if there is room, and a beak. */
export const LABEL_ZOOM = 10;

const COLOURS: Record<MapTheme, { ink: string; halo: string; accent: string }> = {
  light: { ink: "#18212f", halo: "#ffffff", accent: "#1b6fd0" },
  dark: { ink: "#d6dde7", halo: "#0a0f17", accent: "#9cc8ff" },
};

const isUnit: ExpressionSpecification = ["==", ["get", "kind"], "unit"];
const isCluster: ExpressionSpecification = ["==", ["get", "kind"], "cluster"];

const labelText = (theme: MapTheme): ExpressionSpecification => [
  "case",
  ["==", ["get", "late"], ""],
  ["get", "label"],
  [
    "format",
    ["concat", ["get", "label"], "  "],
    {},
    ["image", ["case", ["get", "risky"], AT_RISK, LATE]],
    {},
    ["concat", " ", ["get", "late"]],
    { "text-color": ["case", ["get", "risky"], HUES.amber.text[theme], HUES.red.text[theme]] },
  ],
];

function labelLayer(id: string, theme: MapTheme, top: boolean): LayerSpecification {
  const colours = COLOURS[theme];
  return {
    id,
    type: "symbol",
    source: UNITS,
    filter: ["all", isUnit, ["==", ["get", "top"], top]],
    minzoom: top ? 0 : LABEL_ZOOM,
    layout: {
      "text-field": labelText(theme),
      "text-font": [FONTS.medium],
      "text-size": top ? 12.5 : 11.5,
      "text-variable-anchor": ["left", "right", "top", "bottom"],
      "text-radial-offset": 1.05,
      "text-justify": "auto",
      "text-max-width": 20,
      "text-padding": 1,
      "text-allow-overlap": top,
      "symbol-sort-key": ["get", "rank"],
    },
    paint: { "text-color": colours.ink, "text-halo-color": colours.halo, "text-halo-width": 1.6 },
  };
}

const clusterLayer = (theme: MapTheme): LayerSpecification => ({
  id: CLUSTER_LAYER,
  type: "symbol",
  source: UNITS,
  maxzoom: CLUSTER_BELOW_ZOOM + 1,
  filter: isCluster,
  layout: {
    "text-field": ["get", "label"],
    "text-font": [FONTS.medium],
    "text-size": 11,
    "icon-image": PLATE,
    "icon-text-fit": "both",
    "icon-text-fit-padding": [3, 6, 3, 6],
    "icon-allow-overlap": true,
    "text-allow-overlap": true,
  },
  paint: { "text-color": COLOURS[theme].ink },
});

/** Below the marks: the ring of the selected one. */
export const ringLayer = (theme: MapTheme): LayerSpecification => ({
  id: "units-selected",
  type: "circle",
  source: UNITS,
  filter: ["==", ["get", "selected"], true],
  paint: {
    "circle-radius": 17,
    "circle-color": COLOURS[theme].accent,
    "circle-opacity": 0.18,
    "circle-stroke-color": COLOURS[theme].accent,
    "circle-stroke-width": 2,
  },
});

/** Above the marks, lowest first: the plates of clusters, labels. */
export const labelLayers = (theme: MapTheme): LayerSpecification[] => [
  clusterLayer(theme),
  labelLayer("units-label", theme, false),
  labelLayer("units-label-top", theme, true),
];
