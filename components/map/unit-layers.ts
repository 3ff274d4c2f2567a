import { HUES } from "@/components/status/status-marks";
import { FONTS } from "./basemap-labels";
import type { MapTheme } from "./basemap-style";
import { CLUSTER_BELOW_ZOOM } from "./cluster";
import type { ExpressionSpecification, LayerSpecification } from "./maplibre";
import { AT_RISK, BEAK, LATE, PLATE } from "./mark-images";

export const UNITS = "units";
export const CLUSTER_LAYER = "units-cluster";
export const MARK_LAYER = "units-mark";
/** From here on every unit has its label if there is room. */
const LABEL_ZOOM = 10;

const COLOURS: Record<MapTheme, { ink: string; halo: string; accent: string }> = {
  light: { ink: "#18212f", halo: "#ffffff", accent: "#1b6fd0" },
  dark: { ink: "#d6dde7", halo: "#0a0f17", accent: "#9cc8ff" },
};

const isUnit: ExpressionSpecification = ["==", ["get", "kind"], "unit"];
const isCluster: ExpressionSpecification = ["==", ["get", "kind"], "cluster"];
const markSize: ExpressionSpecification = ["interpolate", ["linear"], ["zoom"], 8, 0.6, 10, 0.8, 12, 0.95, 16, 1.15];

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

/** The layers of the fleet, lowest first: the ring of the selected one, beaks, marks, the plates of clusters, labels. */
export function unitLayers(theme: MapTheme): LayerSpecification[] {
  const colours = COLOURS[theme];
  const always = { "icon-allow-overlap": true, "icon-ignore-placement": true } as const;
  return [
    {
      id: "units-selected",
      type: "circle",
      source: UNITS,
      filter: ["==", ["get", "selected"], true],
      paint: {
        "circle-radius": 17,
        "circle-color": colours.accent,
        "circle-opacity": 0.18,
        "circle-stroke-color": colours.accent,
        "circle-stroke-width": 2,
      },
    },
    {
      id: "units-beak",
      type: "symbol",
      source: UNITS,
      minzoom: LABEL_ZOOM,
      filter: ["==", ["get", "beaked"], true],
      layout: {
        ...always,
        "icon-image": BEAK,
        "icon-size": markSize,
        "icon-rotate": ["get", "beak"],
        "icon-rotation-alignment": "map",
      },
    },
    {
      id: MARK_LAYER,
      type: "symbol",
      source: UNITS,
      filter: isUnit,
      layout: {
        ...always,
        "icon-image": ["get", "icon"],
        "icon-size": markSize,
        "icon-rotate": ["get", "turn"],
        "icon-rotation-alignment": "map",
        // Of overlapping marks the more pressing one lies on top.
        "symbol-sort-key": ["-", 0, ["get", "rank"]],
      },
    },
    clusterLayer(theme),
    labelLayer("units-label", theme, false),
    labelLayer("units-label-top", theme, true),
  ];
}
