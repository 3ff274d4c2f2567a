"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { later } from "@/components/lib/later";
import { useTRPC } from "@/components/lib/trpc";
import { useAgency } from "@/components/lib/viewer";
import type { Vehicle } from "@/server/domain/fleet/vehicle";
import { FleetList } from "./fleet-list";
import { useMay } from "./use-may";
import { vehicleColumns } from "./vehicle-columns";

const VehicleDialog = later(() => import("./vehicle-dialog").then((part) => part.VehicleDialog));
const ImportVehicles = later(() => import("./import-vehicles").then((part) => part.ImportVehicles));

type Open = { kind: "new" } | { kind: "edit"; vehicle: Vehicle } | { kind: "import" } | null;

const rowLabel = ({ callSign, vehicleNo }: Vehicle) => `${callSign} ${vehicleNo}`;
/** Positions age by the second; the list is asked again often enough to stay true. */
const REFRESH_MS = 15_000;

/** The fleet as a list: every truck, what it can carry, where it is and what it does. */
export function VehiclesView() {
  const trpc = useTRPC();
  const { timeZone } = useAgency();
  const mayWrite = useMay("vehicles.write");
  const [open, setOpen] = useState<Open>(null);
  const fleet = useQuery(trpc.fleet.vehicles.list.queryOptions(undefined, { refetchInterval: REFRESH_MS }));
  const bases = useQuery(trpc.fleet.bases.list.queryOptions());
  const columns = useMemo(() => {
    const names = new Map((bases.data ?? []).map(({ id, name }) => [id, name]));
    return vehicleColumns(names, timeZone);
  }, [bases.data, timeZone]);
  const close = () => setOpen(null);
  return (
    <FleetList
      page="Vehicles"
      query={fleet}
      columns={columns}
      rowLabel={rowLabel}
      defaultSort={{ id: "vehicleNo" }}
      rowTone={(row) => (row.inService ? undefined : "muted")}
      onOpen={mayWrite ? (vehicle) => setOpen({ kind: "edit", vehicle }) : undefined}
      add={mayWrite ? { label: "Add vehicle", run: () => setOpen({ kind: "new" }) } : undefined}
      onImport={mayWrite ? () => setOpen({ kind: "import" }) : undefined}
      emptyHint="Add one, or import a list of them."
    >
      {open?.kind === "new" && <VehicleDialog vehicle={null} onClose={close} />}
      {open?.kind === "edit" && <VehicleDialog key={open.vehicle.id} vehicle={open.vehicle} onClose={close} />}
      {open?.kind === "import" && <ImportVehicles onClose={close} />}
    </FleetList>
  );
}
