"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useState } from "react";
import { useTRPC } from "@/components/lib/trpc";
import { useAgency } from "@/components/lib/viewer";
import { MapCanvas, useMap } from "@/components/map/map-canvas";
import type { MapMouseEvent } from "@/components/map/maplibre";
import { PlaceLayer } from "@/components/map/place-layer";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { PickedPlace } from "./drafts";

type Point = { lat: number; lon: number };
type Props = { title: string; start: Point | null; onPick: (place: PickedPlace) => void; onClose: () => void };

const pointText = ({ lat, lon }: Point) => `${lat.toFixed(5)}, ${lon.toFixed(5)}`;

/** A place by a click on the map: the address nearest to it is taken, or the bare point where there is none. */
export function MapPickDialog({ title, start, onPick, onClose }: Props) {
  const trpc = useTRPC();
  const { distanceUnit } = useAgency();
  const home = useQuery(trpc.fleet.bases.list.queryOptions(undefined, { enabled: start === null }));
  const [point, setPoint] = useState<Point | null>(start);
  const nearest = useQuery(trpc.places.nearest.queryOptions(point ?? { lat: 0, lon: 0 }, { enabled: point !== null }));
  const centre = start ?? home.data?.[0] ?? null;
  const label = point && (nearest.data?.label ?? (nearest.isFetching ? "Looking for the address" : pointText(point)));
  const take = () => {
    if (point) onPick({ ...point, label: nearest.data?.label ?? pointText(point), zip: nearest.data?.zip ?? null });
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={title}
      description={label ?? "No point yet"}
      className="max-w-240"
      footer={
        <>
          <Button onClick={onClose}>Close</Button>
          <Button variant="primary" disabled={!point || nearest.isFetching} onClick={take}>
            Take this place
          </Button>
        </>
      }
    >
      {centre && (
        <MapCanvas
          label="Click where it is"
          initialView={{ center: [centre.lon, centre.lat], zoom: start ? 15 : 12 }}
          distanceUnit={distanceUnit}
          className="h-120"
        >
          <ClickPoint onClick={setPoint} />
          {point && (
            <PlaceLayer
              id="picked"
              places={[{ id: "picked", kind: "pickup", lng: point.lon, lat: point.lat, label: label ?? "" }]}
            />
          )}
        </MapCanvas>
      )}
    </Dialog>
  );
}

/** Draws nothing: says where the map was clicked. */
function ClickPoint({ onClick }: { onClick: (point: Point) => void }) {
  const { map } = useMap();
  const clicked = useEffectEvent(({ lngLat }: MapMouseEvent) => onClick({ lat: lngLat.lat, lon: lngLat.lng }));
  useEffect(() => {
    const listen = (event: MapMouseEvent) => clicked(event);
    map.on("click", listen);
    map.getCanvas().style.cursor = "crosshair";
    return () => {
      map.off("click", listen);
    };
  }, [map]);
  return null;
}
