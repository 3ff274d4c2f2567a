"use client";

import type { Feature, Point } from "geojson";
import { useEffect, useLayoutEffect } from "react";
import { HUES } from "@/components/status/status-marks";
import { FONTS } from "./basemap-labels";
import type { MapTheme } from "./basemap-style";
import { useMap } from "./map-canvas";
import type { ExpressionSpecification, GeoJSONSource, LayerSpecification } from "./maplibre";

/** Something that stands still: a facility with a status worth knowing, the ends of a trip. */
export type Place = {
  id: string;
  kind: "facility" | "pickup" | "dropoff";
  lng: number;
  lat: number;
  label: string;
  tone?: "plain" | "caution";
};

const INK: Record<MapTheme, { ink: string; plate: string }> = {
  light: { ink: "#18212f", plate: "#ffffff" },
  dark: { ink: "#d6dde7", plate: "#0f1621" },
};
const LETTERS: Record<Place["kind"], string> = { facility: "", pickup: "P", dropoff: "D" };

const toFeature = ({ id, kind, lng, lat, label, tone = "plain" }: Place): Feature<Point> => ({
  type: "Feature",
  geometry: { type: "Point", coordinates: [lng, lat] },
  properties: { id, kind, label, letter: LETTERS[kind], tone },
});

function placeLayers(id: string, theme: MapTheme): LayerSpecification[] {
  const { ink, plate } = INK[theme];
  const amber = HUES.amber.mark[theme];
  const isEnd: ExpressionSpecification = ["!=", ["get", "kind"], "facility"];
  return [
    {
      id: `${id}-dot`,
      type: "circle",
      source: id,
      filter: ["any", isEnd, [">=", ["zoom"], 11]],
      paint: {
        "circle-radius": ["case", isEnd, 9, 3.5],
        "circle-color": ["case", isEnd, ink, plate],
        "circle-stroke-width": ["case", isEnd, 2, 1.5],
        "circle-stroke-color": ["case", isEnd, plate, ["==", ["get", "tone"], "caution"], amber, ink],
      },
    },
    {
      id: `${id}-letter`,
      type: "symbol",
      source: id,
      filter: isEnd,
      layout: {
        "text-field": ["get", "letter"],
        "text-font": [FONTS.medium],
        "text-size": 11,
        "text-allow-overlap": true,
        "text-ignore-placement": true,
      },
      paint: { "text-color": plate },
    },
    {
      id: `${id}-label`,
      type: "symbol",
      source: id,
      minzoom: 12.5,
      layout: {
        "text-field": ["get", "label"],
        "text-font": [FONTS.regular],
        "text-size": 11,
        "text-anchor": "top",
        "text-offset": [0, 0.9],
        "text-max-width": 10,
      },
      paint: {
        "text-color": ["case", ["==", ["get", "tone"], "caution"], HUES.amber.text[theme], ink],
        "text-halo-color": plate,
        "text-halo-width": 1.5,
      },
    },
  ];
}

/** Places under the fleet. `id` parts several of them: the agency's facilities, the ends of the selected trip. */
export function PlaceLayer({ id, places }: { id: string; places: readonly Place[] }) {
  const { map, theme } = useMap();
  useLayoutEffect(() => {
    map.addSource(id, { type: "geojson", data: { type: "FeatureCollection", features: [] } });
    const layers = placeLayers(id, theme);
    for (const layer of layers) map.addLayer(layer);
    return () => {
      for (const layer of layers) map.removeLayer(layer.id);
      map.removeSource(id);
    };
  }, [map, theme, id]);
  useEffect(() => {
    map
      .getSource<GeoJSONSource>(id)
      ?.setData({ type: "FeatureCollection", features: places.map(toFeature) })
      .catch((error: unknown) => map.getSource(id) && reportError(error));
  }, [map, id, places]);
  return null;
}
