import type { ExpressionSpecification, SymbolLayerSpecification } from "maplibre-gl";
import type { BasemapColors } from "./basemap-flavors";

export const FONTS = { regular: "Inter Regular", medium: "Inter Medium", italic: "Inter Italic" } as const;
const NAME: ExpressionSpecification = ["coalesce", ["get", "name:en"], ["get", "name"]];

type Label = {
  id: string;
  layer: string;
  filter: ExpressionSpecification;
  minzoom?: number;
  maxzoom?: number;
  layout: SymbolLayerSpecification["layout"];
  color: string;
  halo: string;
  haloWidth?: number;
};

const label = (source: string, l: Label): SymbolLayerSpecification => ({
  id: l.id,
  type: "symbol",
  source,
  "source-layer": l.layer,
  filter: l.filter,
  ...(l.minzoom === undefined ? {} : { minzoom: l.minzoom }),
  ...(l.maxzoom === undefined ? {} : { maxzoom: l.maxzoom }),
  layout: { "text-field": NAME, "text-font": [FONTS.regular], ...l.layout },
  paint: { "text-color": l.color, "text-halo-color": l.halo, "text-halo-width": l.haloWidth ?? 1.2 },
});

const kindIn = (...kinds: string[]): ExpressionSpecification => ["in", ["get", "kind"], ["literal", kinds]];
const grow = (...stops: number[]): ExpressionSpecification => ["interpolate", ["linear"], ["zoom"], ...stops];
/** Shows a feature from the zoom it asks for itself. */
const fromOwnZoom: ExpressionSpecification = [">=", ["zoom"], ["coalesce", ["get", "min_zoom"], 0]];

const waterLabels = (source: string, c: BasemapColors): SymbolLayerSpecification[] => [
  label(source, {
    id: "label_river",
    layer: "water",
    filter: kindIn("river", "stream"),
    minzoom: 11,
    layout: {
      "symbol-placement": "line",
      "text-font": [FONTS.italic],
      "text-size": 12,
      "text-letter-spacing": 0.12,
      "symbol-spacing": 420,
    },
    color: c.lakeLabel,
    halo: c.flavor.water,
    haloWidth: 0.6,
  }),
  label(source, {
    id: "label_lake",
    layer: "water",
    filter: ["all", kindIn("lake", "water", "ocean", "sea", "bay"), ["has", "name"]],
    layout: {
      "text-font": [FONTS.italic],
      "text-size": grow(7, 11, 11, 15),
      "text-letter-spacing": 0.14,
      "text-max-width": 8,
    },
    color: c.lakeLabel,
    halo: c.flavor.water,
    haloWidth: 0.6,
  }),
];

const roadLabels = (source: string, c: BasemapColors): SymbolLayerSpecification[] => [
  {
    id: "roads_oneway",
    type: "symbol",
    source,
    "source-layer": "roads",
    minzoom: 16,
    filter: ["all", ["==", ["get", "oneway"], "yes"], ["!", kindIn("highway")]],
    layout: {
      "symbol-placement": "line",
      "symbol-spacing": 130,
      "icon-image": "oneway",
      "icon-rotate": 90,
      "icon-size": 0.9,
    },
    paint: { "icon-opacity": 0.7 },
  },
  label(source, {
    id: "label_minor_road",
    layer: "roads",
    filter: ["all", kindIn("minor_road"), ["!=", ["get", "kind_detail"], "service"]],
    minzoom: 14.6,
    layout: {
      "symbol-placement": "line",
      "text-size": grow(14, 10.5, 17, 12.5),
      "symbol-spacing": 300,
      "text-padding": 4,
    },
    color: c.flavor.roads_label_minor,
    halo: c.flavor.roads_label_minor_halo,
  }),
  label(source, {
    id: "label_major_road",
    layer: "roads",
    filter: ["all", kindIn("highway", "major_road"), ["!", ["has", "is_link"]]],
    minzoom: 11.6,
    layout: {
      "symbol-sort-key": ["get", "min_zoom"],
      "symbol-placement": "line",
      "text-size": grow(11, 10.5, 16, 13),
      "symbol-spacing": 380,
      "text-padding": 6,
    },
    color: c.flavor.roads_label_major,
    halo: c.flavor.roads_label_major_halo,
  }),
];

const shields = (source: string, c: BasemapColors): SymbolLayerSpecification => ({
  id: "label_shield",
  type: "symbol",
  source,
  "source-layer": "roads",
  minzoom: 8,
  filter: [
    "all",
    kindIn("highway", "major_road"),
    ["has", "shield_text"],
    ["<=", ["length", ["get", "shield_text"]], 5],
    ["any", kindIn("highway"), [">=", ["zoom"], 10.5]],
  ],
  layout: {
    "symbol-placement": "line",
    "symbol-spacing": 520,
    "symbol-sort-key": ["get", "min_zoom"],
    "text-field": ["get", "shield_text"],
    "text-font": [FONTS.medium],
    "text-size": 10,
    "icon-image": "shield",
    "icon-text-fit": "both",
    "icon-text-fit-padding": [2, 4, 2, 4],
    "icon-rotation-alignment": "viewport",
    "text-rotation-alignment": "viewport",
    "text-padding": 12,
  },
  paint: { "text-color": c.shieldText },
});

const poiLabels = (source: string, c: BasemapColors): SymbolLayerSpecification[] => [
  label(source, {
    id: "label_poi",
    layer: "pois",
    filter: [
      "all",
      kindIn(
        "park",
        "aerodrome",
        "clinic",
        "doctors",
        "dialysis",
        "nursing_home",
        "assisted_living",
        "rehabilitation",
        "diagnostic",
        "school",
        "university",
        "college",
        "station",
      ),
      fromOwnZoom,
    ],
    minzoom: 12,
    layout: { "text-size": 11, "text-max-width": 8, "text-padding": 8 },
    color: c.poiLabel,
    halo: c.flavor.address_label_halo,
  }),
  label(source, {
    id: "label_hospital",
    layer: "pois",
    filter: kindIn("hospital"),
    minzoom: 12,
    layout: {
      "icon-image": "hospital",
      "text-size": 11.5,
      "text-font": [FONTS.medium],
      "text-max-width": 9,
      "text-anchor": "top",
      "text-offset": [0, 0.8],
      "text-optional": true,
    },
    color: c.hospitalLabel,
    halo: c.flavor.address_label_halo,
  }),
];

const placeLabels = (source: string, c: BasemapColors): SymbolLayerSpecification[] => [
  label(source, {
    id: "label_neighbourhood",
    layer: "places",
    filter: kindIn("neighbourhood", "macrohood"),
    minzoom: 11.5,
    maxzoom: 15.5,
    layout: {
      "text-transform": "uppercase",
      "text-letter-spacing": 0.12,
      "text-size": grow(11, 9.5, 14, 12.5),
      "text-max-width": 7,
      "text-padding": 12,
    },
    color: c.flavor.subplace_label,
    halo: c.flavor.subplace_label_halo,
  }),
  label(source, {
    id: "label_locality",
    layer: "places",
    filter: ["all", kindIn("locality"), fromOwnZoom],
    maxzoom: 15,
    layout: {
      "text-font": [FONTS.medium],
      "symbol-sort-key": ["coalesce", ["get", "sort_rank"], ["get", "min_zoom"]],
      "text-padding": 6,
      "text-max-width": 8,
      "text-size": [
        "interpolate",
        ["linear"],
        ["zoom"],
        6,
        ["case", [">=", ["get", "population_rank"], 10], 14, 10],
        10,
        ["case", [">=", ["get", "population_rank"], 10], 20, [">=", ["get", "population_rank"], 8], 13, 11],
        14,
        ["case", [">=", ["get", "population_rank"], 10], 24, [">=", ["get", "population_rank"], 8], 18, 14],
      ],
    },
    color: c.flavor.city_label,
    halo: c.flavor.city_label_halo,
    haloWidth: 1.5,
  }),
];

const houseNumbers = (source: string, c: BasemapColors): SymbolLayerSpecification =>
  label(source, {
    id: "label_address",
    layer: "buildings",
    filter: ["==", ["get", "kind"], "address"],
    minzoom: 17.4,
    layout: { "text-field": ["get", "addr_housenumber"], "text-size": 10.5 },
    color: c.flavor.address_label,
    halo: c.flavor.address_label_halo,
  });

/** Names on the map, from the least to the most important (later ones win a conflict). */
export const labelLayers = (source: string, colors: BasemapColors): SymbolLayerSpecification[] => [
  houseNumbers(source, colors),
  ...roadLabels(source, colors),
  shields(source, colors),
  ...waterLabels(source, colors),
  ...poiLabels(source, colors),
  ...placeLabels(source, colors),
];
