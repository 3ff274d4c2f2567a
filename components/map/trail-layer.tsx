"use client";

import { useEffect, useLayoutEffect } from "react";
import { FIRST_LABEL_LAYER, type MapTheme } from "./basemap-style";
import { useMap } from "./map-canvas";
import type { GeoJSONSource } from "./maplibre";
import type { TrailFix } from "./unit-card";

const ID = "trail";
const COLOURS: Record<MapTheme, string> = { light: "#1b6fd0", dark: "#9cc8ff" };
/** A silence longer than this breaks the line: nobody knows which way it went. */
const GAP_MS = 5 * 60_000;

/** The line of a unit's fixes, broken where it was silent. Oldest first in the answer. */
export function toTrail(fixes: readonly TrailFix[]): [number, number][][] {
  const parts: [number, number][][] = [];
  let before: TrailFix | undefined;
  for (const fix of fixes.toSorted((a, b) => a.takenAt.getTime() - b.takenAt.getTime())) {
    const part = before && fix.takenAt.getTime() - before.takenAt.getTime() <= GAP_MS ? parts.at(-1) : undefined;
    if (part) part.push([fix.lng, fix.lat]);
    else parts.push([[fix.lng, fix.lat]]);
    before = fix;
  }
  return parts.filter((part) => part.length > 1);
}

/** Where the selected unit drove in the last hour; below names and marks. */
export function TrailLayer({ fixes }: { fixes: readonly TrailFix[] }) {
  const { map, theme } = useMap();
  useLayoutEffect(() => {
    map.addSource(ID, { type: "geojson", data: { type: "FeatureCollection", features: [] } });
    map.addLayer(
      {
        id: ID,
        type: "line",
        source: ID,
        layout: { "line-cap": "round", "line-join": "round" },
        paint: { "line-color": COLOURS[theme], "line-width": 3, "line-opacity": 0.55 },
      },
      map.getLayer(FIRST_LABEL_LAYER) ? FIRST_LABEL_LAYER : undefined,
    );
    return () => {
      map.removeLayer(ID);
      map.removeSource(ID);
    };
  }, [map, theme]);
  useEffect(() => {
    const source = map.getSource<GeoJSONSource>(ID);
    source
      ?.setData({ type: "Feature", properties: {}, geometry: { type: "MultiLineString", coordinates: toTrail(fixes) } })
      .catch((error: unknown) => map.getSource(ID) && reportError(error));
  }, [map, fixes]);
  return null;
}
