"use client";

import "maplibre-gl/dist/maplibre-gl.css";
import { createContext, type ReactNode, useContext, useEffect, useEffectEvent, useRef, useState } from "react";
import { useResolvedTheme } from "@/components/lib/use-theme";
import { useViewer } from "@/components/lib/viewer";
import { basemapIcon } from "./basemap-icons";
import { basemapStyle, type MapTheme } from "./basemap-style";
import { CalmMap } from "./calm-map";
import { type MapLibreMap, ScaleControl } from "./maplibre";

/** Where a map stands: kept while a change of theme makes a new map. */
export type MapView = { center: [number, number]; zoom: number };

const MapContext = createContext<{ map: MapLibreMap; theme: MapTheme } | null>(null);

/** The map around this layer. @throws Error outside a MapCanvas */
export function useMap() {
  const value = useContext(MapContext);
  if (!value) throw new Error("a layer needs a MapCanvas around it");
  return value;
}

type Props = {
  label: string;
  initialView: MapView;
  onMove?: (view: MapView) => void;
  distanceUnit: "mi" | "km";
  children: ReactNode;
  className?: string;
};

/** One map in the console's theme. Children mount once its style has loaded, so they may add sources at once. */
export function MapCanvas(props: Props) {
  const theme = useResolvedTheme();
  const view = useRef(props.initialView);
  return <ThemedMap key={theme} theme={theme} view={view} {...props} />;
}

type ThemedProps = Props & { theme: MapTheme; view: { current: MapView } };

/** A new theme is a new map: layers then never outlive the style they were added to. */
function ThemedMap({ theme, view, label, distanceUnit, onMove, children, className }: ThemedProps) {
  const container = useRef<HTMLElement>(null);
  const [map, setMap] = useState<MapLibreMap | null>(null);
  const { mapStyleUrl } = useViewer();
  const create = useEffectEvent((element: HTMLElement) =>
    createMap(element, { theme, styleUrl: mapStyleUrl, view: view.current, unit: distanceUnit }),
  );
  const moved = useEffectEvent((now: MapView) => onMove?.(now));
  useEffect(() => {
    if (!container.current) return;
    const created = create(container.current);
    created.once("load", () => {
      created.calm();
      setMap(created);
    });
    created.on("moveend", () => {
      const { lng, lat } = created.getCenter();
      view.current = { center: [lng, lat], zoom: created.getZoom() };
      moved(view.current);
    });
    return () => {
      setMap(null);
      created.remove();
    };
  }, [view]);
  return (
    <div className={className}>
      <section ref={container} aria-label={label} className="size-full" data-map-ready={map ? "true" : undefined} />
      {map && <MapContext value={{ map, theme }}>{children}</MapContext>}
    </div>
  );
}

type Setup = { theme: MapTheme; styleUrl: string | undefined; view: MapView; unit: "mi" | "km" };

function createMap(container: HTMLElement, { theme, styleUrl, view, unit }: Setup): CalmMap {
  const map = new CalmMap({
    container,
    style: styleUrl ?? basemapStyle(theme, window.location.origin),
    center: view.center,
    zoom: view.zoom,
    // Farther out than a state there is nothing to dispatch, and a basemap of one county has no tiles.
    minZoom: 6,
    maxZoom: 19,
    attributionControl: false,
    // North stays up: headings and street names are read at a glance.
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    fadeDuration: 0,
    reduceMotion: window.matchMedia("(prefers-reduced-motion: reduce)").matches,
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.setMissingStyleImageResolver((id) => {
    const icon = basemapIcon(id, theme);
    if (icon && !map.hasImage(id)) map.addImage(id, icon.image, icon.options);
  });
  map.addControl(new ScaleControl({ unit: unit === "mi" ? "imperial" : "metric" }), "bottom-right");
  return map;
}
