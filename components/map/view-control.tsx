"use client";

import { Lock, LockOpen, Maximize, Minus, Plus } from "lucide-react";
import { useEffect, useEffectEvent, useRef } from "react";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { useMap } from "./map-canvas";
import { LngLatBounds, type MapLibreMap } from "./maplibre";
import type { LivePosition, PositionSource, UnitOnMap } from "./unit-on-map";

/** Asked for by a click in a list: look at this unit once. A new object is a new request. */
export type ShowRequest = { vehicleNo: string };

type Props = {
  units: readonly UnitOnMap[];
  positions: PositionSource;
  selected: UnitOnMap | null;
  show: ShowRequest | null;
  /** True after any pan or zoom by hand: the view then moves only when asked. */
  locked: boolean;
  onLockedChange: (locked: boolean) => void;
};

const MOVE = { duration: 140 } as const;
const CLOSE_ZOOM = 14;

function fit(map: MapLibreMap, places: readonly LivePosition[]) {
  if (places.length === 0) return;
  const bounds = new LngLatBounds();
  for (const { lng, lat } of places) bounds.extend([lng, lat]);
  map.fitBounds(bounds, { padding: 56, maxZoom: CLOSE_ZOOM, animate: false });
}

/** Is the point outside the middle of the view, so that a followed unit would drive off? */
function isAtEdge(map: MapLibreMap, at: LivePosition): boolean {
  const { x, y } = map.project([at.lng, at.lat]);
  const { clientWidth: width, clientHeight: height } = map.getContainer();
  return Math.abs(x - width / 2) > width * 0.3 || Math.abs(y - height / 2) > height * 0.3;
}

/** Zoom, show all, and the lock: the view never jumps back while somebody is looking. */
export function ViewControl({ units, positions, selected, show, locked, onLockedChange }: Props) {
  const { map } = useMap();
  const fitted = useRef(false);
  const placesOf = () => units.flatMap(({ vehicleNo }) => positions.get().get(vehicleNo) ?? []);
  const lock = useEffectEvent(() => onLockedChange(true));
  const settle = useEffectEvent(() => {
    if (locked || fitted.current) return;
    const places = placesOf();
    if (places.length === 0) return;
    fitted.current = true;
    fit(map, places);
  });
  const follow = useEffectEvent(() => {
    settle();
    const at = selected && !locked && positions.get().get(selected.vehicleNo);
    if (at && isAtEdge(map, at)) map.easeTo({ center: [at.lng, at.lat], ...MOVE });
  });
  const look = useEffectEvent((no: string) => {
    const at = positions.get().get(no);
    if (at) map.easeTo({ center: [at.lng, at.lat], zoom: Math.max(map.getZoom(), CLOSE_ZOOM), ...MOVE });
  });
  useEffect(() => {
    // Only a move by hand brings the event that caused it.
    const byHand = (event: { originalEvent?: unknown }) => event.originalEvent && lock();
    map.on("movestart", byHand);
    return () => {
      map.off("movestart", byHand);
    };
  }, [map]);
  useEffect(() => {
    follow();
    return positions.subscribe(() => follow());
  }, [positions, map]);
  useEffect(() => settle(), [units]);
  useEffect(() => {
    if (show) look(show.vehicleNo);
  }, [show]);
  const unlock = () => {
    onLockedChange(false);
    if (selected) look(selected.vehicleNo);
    else fit(map, placesOf());
  };
  return (
    <div className="pointer-events-none absolute inset-3 flex items-start justify-between">
      <LockChip locked={locked} selected={selected} onUnlock={unlock} />
      <div className="pointer-events-auto ml-auto flex flex-col rounded-md bg-panel shadow-float">
        <IconButton icon={Plus} label="Zoom in" onClick={() => map.zoomIn(MOVE)} />
        <IconButton icon={Minus} label="Zoom out" onClick={() => map.zoomOut(MOVE)} />
        <IconButton icon={Maximize} label="Show all units" onClick={() => fit(map, placesOf())} />
      </div>
    </div>
  );
}

type ChipProps = { locked: boolean; selected: UnitOnMap | null; onUnlock: () => void };

function LockChip({ locked, selected, onUnlock }: ChipProps) {
  const subject = selected ? selected.label : "the fleet";
  if (!locked && !selected) return null;
  return (
    <div className="pointer-events-auto flex h-8 items-center gap-2 rounded-md bg-panel px-2.5 text-table shadow-float">
      {locked ? <Lock size={13} aria-hidden="true" /> : <LockOpen size={13} aria-hidden="true" />}
      <output>{locked ? "View locked" : `Following ${subject}`}</output>
      {locked && (
        <Button size="sm" variant="ghost" className="-mr-1.5 text-accent" onClick={onUnlock}>
          Follow {subject}
        </Button>
      )}
    </div>
  );
}
