"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/lib/trpc";
import { Combobox } from "@/components/ui/combobox";

type Props = { vehicleId: string | null; onChange: (id: string | null) => void };

/** Trips of one truck, or of any. */
export function VehicleFilter({ vehicleId, onChange }: Props) {
  const trpc = useTRPC();
  const { data: vehicles = [] } = useQuery(trpc.fleet.vehicles.list.queryOptions());
  return (
    <Combobox
      aria-label="Vehicle"
      placeholder="Any vehicle"
      items={vehicles}
      value={vehicles.find(({ id }) => id === vehicleId) ?? null}
      onValueChange={(vehicle) => onChange(vehicle?.id ?? null)}
      itemKey={({ id }) => id}
      itemText={({ callSign, vehicleNo }) => (callSign ? `${callSign} (${vehicleNo})` : vehicleNo)}
      className="w-40"
    />
  );
}
