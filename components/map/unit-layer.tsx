"use client";

import { useEffect, useEffectEvent, useLayoutEffect, useRef } from "react";
import { nowMs, useNow } from "@/components/lib/clock";
import { useMap } from "./map-canvas";
import type { GeoJSONSource, MapLayerMouseEvent, MapMouseEvent } from "./maplibre";
import { addLabelImages } from "./mark-images";
import { MarkLayer } from "./mark-layer";
import { CLUSTER_LAYER, labelLayers, ringLayer, UNITS } from "./unit-layers";
import type { PositionSource, UnitOnMap } from "./unit-on-map";
import { UnitRenderer } from "./unit-renderer";

type Props = {
  units: readonly UnitOnMap[];
  positions: PositionSource;
  selectedNo: string | null;
  onSelect: (vehicleNo: string | null) => void;
};

/** The fleet on the map. Draws nothing in the DOM; positions go from their store to the map without passing through React. */
export function UnitLayer({ units, positions, selectedNo, onSelect }: Props) {
  const { map, theme } = useMap();
  const renderer = useRef<UnitRenderer | null>(null);
  const select = useEffectEvent(onSelect);
  const seconds = useNow(5000);

  // Layout effects are undone before any passive one, so the layers leave before MapCanvas removes the map.
  useLayoutEffect(() => {
    addLabelImages(map, theme);
    map.addSource(UNITS, {
      type: "geojson",
      data: { type: "FeatureCollection", features: [] },
      promoteId: "id",
      maxzoom: 16,
      tolerance: 0,
    });
    const marks = new MarkLayer(theme);
    const layers = [ringLayer(theme), marks, ...labelLayers(theme)];
    for (const layer of layers) map.addLayer(layer);
    const source = map.getSource<GeoJSONSource>(UNITS);
    const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    const own = source ? new UnitRenderer(map, { marks, source }, nowMs, still) : null;
    renderer.current = own;
    const undo = [
      onMark(map, marks, (no) => select(no)),
      onCluster(map),
      onZoom(map, () => own?.redraw()),
      onNewContext(map, marks),
    ];
    return () => {
      for (const off of undo) off();
      own?.destroy();
      renderer.current = null;
      for (const layer of layers.toReversed()) map.removeLayer(layer.id);
      map.removeSource(UNITS);
    };
  }, [map, theme]);

  useEffect(() => {
    const follow = () => renderer.current?.moved(positions);
    follow();
    return positions.subscribe(follow);
  }, [positions, map]);
  useEffect(() => renderer.current?.setUnits(units, selectedNo), [units, selectedNo, map]);
  useEffect(() => {
    if (seconds !== null) renderer.current?.redraw();
  }, [seconds]);
  return null;
}

type MapOf = ReturnType<typeof useMap>["map"];

/** A click on a mark selects it, one on empty ground lets go. */
function onMark(map: MapOf, marks: MarkLayer, select: (no: string | null) => void): () => void {
  const isCluster = (event: MapMouseEvent) =>
    map.queryRenderedFeatures(event.point, { layers: [CLUSTER_LAYER] }).length > 0;
  const click = (event: MapMouseEvent) => {
    const no = marks.at(event.point);
    if (no !== null || !isCluster(event)) select(no);
  };
  const point = (event: MapMouseEvent) => {
    if (map.isMoving()) return;
    map.getCanvas().style.cursor = marks.at(event.point) !== null || isCluster(event) ? "pointer" : "";
  };
  map.on("click", click);
  map.on("mousemove", point);
  return () => {
    map.off("click", click);
    map.off("mousemove", point);
  };
}

/** A graphics card that gave up its context gets one again with every layer but ours. */
function onNewContext(map: MapOf, marks: MarkLayer): () => void {
  const put = () => {
    if (!map.getLayer(marks.id) && map.getLayer(CLUSTER_LAYER)) map.addLayer(marks, CLUSTER_LAYER);
  };
  map.on("styledata", put);
  return () => map.off("styledata", put);
}

/** A click on a cluster looks closer. */
function onCluster(map: MapOf): () => void {
  const click = (event: MapLayerMouseEvent) =>
    map.easeTo({ center: event.lngLat, zoom: map.getZoom() + 2, duration: 140 });
  map.on("click", CLUSTER_LAYER, click);
  return () => map.off("click", CLUSTER_LAYER, click);
}

/** Clusters are laid out per half zoom step. */
function onZoom(map: MapOf, changed: () => void): () => void {
  let step = Math.floor(map.getZoom() * 2);
  const zoom = () => {
    const now = Math.floor(map.getZoom() * 2);
    if (now === step) return;
    step = now;
    changed();
  };
  map.on("zoomend", zoom);
  return () => map.off("zoomend", zoom);
}
