"use client";

import { type ReactNode, useMemo, useState } from "react";
import { nowMs, useNow } from "@/components/lib/clock";
import { useNarrow } from "@/components/lib/use-narrow";
import { useAgency } from "@/components/lib/viewer";
import { ResizablePanel, ResizablePanels, ResizeHandle } from "@/components/ui/resizable";
import type { BoardTrip, BoardUnit } from "@/server/domain/trips/board-view";
import { type Bounds, BoundsWatch } from "./bounds-watch";
import { keepView, keptView } from "./kept-view";
import { MapCanvas, type MapView } from "./map-canvas";
import { type Place, PlaceLayer } from "./place-layer";
import { TrailLayer } from "./trail-layer";
import { type TrailFix, UnitCard } from "./unit-card";
import { filterUnits, type UnitGroup, type UnitLine } from "./unit-filters";
import { UnitLayer } from "./unit-layer";
import { UnitList } from "./unit-list";
import type { PositionSource, UnitOnMap } from "./unit-on-map";
import { type ShowRequest, ViewControl } from "./view-control";

type Props = {
  /** Where to look before any unit is known. */
  home: MapView;
  /** Undefined while loading. */
  units: readonly UnitOnMap[] | undefined;
  shiftOf: (vehicleNo: string) => BoardUnit | null;
  tripsOf: (vehicleNo: string) => readonly BoardTrip[];
  positions: PositionSource;
  selectedNo: string | null;
  onSelect: (vehicleNo: string | null) => void;
  /** Fixes of the selected unit in the last hour. */
  trail: readonly TrailFix[] | undefined;
  facilities: readonly Place[];
  /** Pickup and drop-off of what the selected unit is doing. */
  ends: readonly Place[];
  cardActions?: (unit: UnitOnMap) => ReactNode;
  /** What is in view, after each move: the live feed follows it. */
  onBoundsChange?: (bounds: Bounds) => void;
};

const noUnits: readonly UnitOnMap[] = [];
const noFixes: readonly TrailFix[] = [];

/** More units than a screen shows lines: nobody watches the age of each. */
const MANY_UNITS = 500;

/** Units with the age of their fix, renewed every few seconds: lists need no more, and a long one is sorted anew each time. */
function useLines(units: readonly UnitOnMap[] | undefined, positions: PositionSource): UnitLine[] | undefined {
  const tick = useNow((units?.length ?? 0) > MANY_UNITS ? 15_000 : 5_000);
  return useMemo(() => {
    if (!units || tick === null) return undefined;
    const known = positions.get();
    return units.map((unit) => {
      const at = known.get(unit.vehicleNo);
      return { ...unit, ageS: at ? Math.max(0, Math.round((nowMs() - at.takenAtMs) / 1000)) : null };
    });
  }, [units, positions, tick]);
}

/** The live fleet: list twin, map, and the card of the unit that is selected in either. */
export function LiveMap(props: Props) {
  const { units, positions, selectedNo, onSelect } = props;
  const [group, setGroup] = useState<UnitGroup | null>(null);
  const [text, setText] = useState("");
  const [show, setShow] = useState<ShowRequest | null>(null);
  const lines = useLines(units, positions);
  const shown = useMemo(() => lines && filterUnits(lines, group, text), [lines, group, text]);
  const drawn = useDrawn(units ?? noUnits, shown, selectedNo);
  const selected = units?.find(({ vehicleNo }) => vehicleNo === selectedNo) ?? null;
  const pick = (vehicleNo: string) => {
    onSelect(vehicleNo);
    setShow({ vehicleNo });
  };
  const filter = { group, onGroup: setGroup, text, onText: setText };
  // A phone has no room beside the list: the map goes below it.
  const narrow = useNarrow();
  return (
    <div className="relative flex min-h-0 flex-1">
      <ResizablePanels id={narrow ? "map-narrow" : "map"} orientation={narrow ? "vertical" : "horizontal"}>
        <ResizablePanel
          id="list"
          defaultSize="336px"
          minSize="240px"
          maxSize="50%"
          groupResizeBehavior="preserve-pixel-size"
        >
          <UnitList {...filter} all={lines} shown={shown} selectedNo={selectedNo} onSelect={pick} />
        </ResizablePanel>
        <ResizeHandle label="Resize the list" />
        <ResizablePanel id="view" minSize="30%">
          <FleetCanvas {...props} units={drawn} selected={selected} show={show} />
        </ResizablePanel>
      </ResizablePanels>
      {selected && (
        <div className="w-76 shrink-0 border-line border-l max-md:absolute max-md:inset-y-0 max-md:right-0 max-md:z-10">
          <UnitCard
            unit={selected}
            shift={props.shiftOf(selected.vehicleNo)}
            trips={props.tripsOf(selected.vehicleNo)}
            position={positions.get().get(selected.vehicleNo) ?? null}
            trail={props.trail}
            actions={props.cardActions?.(selected)}
            onClose={() => onSelect(null)}
          />
        </div>
      )}
    </div>
  );
}

type FleetCanvasProps = Props & { units: readonly UnitOnMap[]; selected: UnitOnMap | null; show: ShowRequest | null };

/** The map itself with its layers, lowest first. */
function FleetCanvas({ units, positions, selected, selectedNo, show, onSelect, ...rest }: FleetCanvasProps) {
  const { distanceUnit } = useAgency();
  const [kept] = useState(keptView);
  // Who comes back to the map finds it where it was left.
  const [locked, setLocked] = useState(kept !== null);
  const view = { units, positions, selected, show, locked, onLockedChange: setLocked };
  return (
    <MapCanvas
      label="Live map"
      initialView={kept ?? rest.home}
      onMove={keepView}
      distanceUnit={distanceUnit}
      className="relative size-full"
    >
      <PlaceLayer id="facilities" places={rest.facilities} />
      <TrailLayer fixes={rest.trail ?? noFixes} />
      <PlaceLayer id="ends" places={rest.ends} />
      <UnitLayer units={units} positions={positions} selectedNo={selectedNo} onSelect={onSelect} />
      {rest.onBoundsChange && <BoundsWatch onChange={rest.onBoundsChange} />}
      <ViewControl {...view} />
    </MapCanvas>
  );
}

/** What the map draws: the units of the list, and the selected one whatever the filter says. Same array while the same units are meant. */
function useDrawn(units: readonly UnitOnMap[], shown: readonly UnitLine[] | undefined, selectedNo: string | null) {
  const signature = shown?.map(({ vehicleNo }) => vehicleNo).join(" ");
  return useMemo(() => {
    if (signature === undefined) return noUnits;
    const inList = new Set(signature.split(" "));
    return units.filter(({ vehicleNo }) => inList.has(vehicleNo) || vehicleNo === selectedNo);
  }, [units, signature, selectedNo]);
}
