"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { nowMs, useNow } from "@/components/lib/clock";
import { plural } from "@/components/lib/format";
import { useTRPC } from "@/components/lib/trpc";
import { useAddressParam } from "@/components/lib/use-address-param";
import { useBoard } from "@/components/lib/use-board";
import { useLivePositions } from "@/components/lib/use-live-positions";
import { PageHeader } from "@/components/ui/page-header";
import type { BoardView } from "@/server/domain/trips/board-view";
import type { Bounds } from "./bounds-watch";
import { useFleetPositions } from "./fleet-positions";
import { LiveMap } from "./live-map";
import { MapLegend } from "./map-legend";
import { positionsOfVehicles, unitsWithoutShift } from "./parked-vehicles";
import { endsOfUnit, facilityPlaces, homeView } from "./places-of-board";
import type { TrailFix } from "./unit-card";
import type { UnitOnMap } from "./unit-on-map";
import { positionsOfBoard, unitsOfBoard } from "./units-of-board";

const noPlaces = new Map<string, never>();
const HOUR_MS = 3_600_000;

/** Units of the board, and trucks that are seen without a shift; with the places they were last read at. */
function useUnits(board: BoardView | undefined) {
  const trpc = useTRPC();
  const vehicles = useQuery(trpc.fleet.vehicles.list.queryOptions(undefined, { refetchInterval: 60_000 }));
  const units = useMemo<UnitOnMap[] | undefined>(
    () => board && [...unitsOfBoard(board), ...unitsWithoutShift(vehicles.data ?? [], board.units)],
    [board, vehicles.data],
  );
  const base = useMemo(
    () => (board ? new Map([...positionsOfVehicles(vehicles.data ?? []), ...positionsOfBoard(board.units)]) : noPlaces),
    [board, vehicles.data],
  );
  return { units, base };
}

/** Where a vehicle drove in the last hour, read again every minute. */
function useTrail(vehicleId: string | null): TrailFix[] | undefined {
  const trpc = useTRPC();
  const minute = useNow(60_000) ?? nowMs();
  const range = { from: new Date(minute - HOUR_MS), to: new Date(minute + 60_000) };
  const { data } = useQuery(
    trpc.positions.trail.queryOptions(
      { vehicleId: vehicleId ?? "", ...range },
      { enabled: vehicleId !== null, placeholderData: (before) => before },
    ),
  );
  return useMemo(
    () =>
      vehicleId === null
        ? undefined
        : data
            ?.map(({ takenAt, lat, lon, speedMps }) => ({ takenAt: new Date(takenAt), lat, lng: lon, speedMps }))
            .reverse(),
    [data, vehicleId],
  );
}

/** The live map of the fleet. The selected unit stands in the address, by its vehicle's id. */
export function MapPage() {
  const trpc = useTRPC();
  const { data: board } = useBoard();
  const facilities = useQuery(trpc.facilities.list.queryOptions());
  const [bounds, setBounds] = useState<Bounds>();
  const feed = useLivePositions(bounds);
  const { units, base } = useUnits(board);
  const positions = useFleetPositions(feed, base);
  const [vehicleId, setVehicleId] = useAddressParam("unit");
  const selected = units?.find((unit) => unit.vehicleId === vehicleId);
  const trail = useTrail(selected ? selected.vehicleId : null);
  const places = useMemo(() => facilityPlaces(facilities.data ?? []), [facilities.data]);
  const ends = useMemo(() => (board && selected ? endsOfUnit(board, selected) : []), [board, selected]);
  const onDuty = board?.units.filter(({ signedOnAt }) => signedOnAt !== null).length;
  const shiftOf = (no: string) => board?.units.find(({ vehicleNo }) => vehicleNo === no) ?? null;
  const select = (vehicleNo: string | null) => {
    const unit = units?.find((one) => one.vehicleNo === vehicleNo);
    setVehicleId(unit?.vehicleId ?? null);
  };
  return (
    <>
      <PageHeader title="Map" actions={<MapLegend />}>
        <span className="text-ink-2 text-table">{onDuty === undefined ? "" : `${plural(onDuty, "unit")} on duty`}</span>
      </PageHeader>
      {facilities.isPending ? (
        <div className="flex-1 bg-sunken" aria-busy="true" />
      ) : (
        <LiveMap
          home={homeView(facilities.data ?? [])}
          units={units}
          shiftOf={shiftOf}
          tripsOf={(no) => board?.trips.filter(({ id }) => shiftOf(no)?.activeTripIds.includes(id)) ?? []}
          positions={positions}
          selectedNo={selected?.vehicleNo ?? null}
          onSelect={select}
          trail={trail}
          facilities={places}
          ends={ends}
          onBoundsChange={setBounds}
        />
      )}
    </>
  );
}
