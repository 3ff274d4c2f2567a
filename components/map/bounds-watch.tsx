"use client";

import { useEffect, useEffectEvent } from "react";
import type { Bounds } from "@/components/lib/cells-in-view";
import { useMap } from "./map-canvas";

export type { Bounds } from "@/components/lib/cells-in-view";

/** Tells what the map shows, at first and after each move. Draws nothing. */
export function BoundsWatch({ onChange }: { onChange: (bounds: Bounds) => void }) {
  const { map } = useMap();
  const tell = useEffectEvent(() => {
    const bounds = map.getBounds();
    onChange({ west: bounds.getWest(), south: bounds.getSouth(), east: bounds.getEast(), north: bounds.getNorth() });
  });
  useEffect(() => {
    const moved = () => tell();
    moved();
    map.on("moveend", moved);
    return () => {
      map.off("moveend", moved);
    };
  }, [map]);
  return null;
}
