"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { later } from "@/components/lib/later";
import { useTRPC } from "@/components/lib/trpc";
import type { Column } from "@/components/ui/data-table/data-table";
import type { Base } from "@/server/domain/fleet/base";
import { FleetList } from "./fleet-list";
import { useMay } from "./use-may";

const BaseDialog = later(() => import("./base-dialog").then((part) => part.BaseDialog));
const ImportBases = later(() => import("./import-bases").then((part) => part.ImportBases));

type Open = { kind: "new" } | { kind: "edit"; base: Base } | { kind: "import" } | null;

const rowLabel = ({ name }: Base) => name;

const baseColumns = (vehiclesAt: ReadonlyMap<string, number>): Column<Base>[] => [
  { id: "name", header: "Name", value: (row) => row.name, width: { min: 180, grow: 2 }, filter: "text" },
  { id: "address", header: "Address", value: (row) => row.address, width: { min: 180, grow: 2 }, filter: "text" },
  {
    id: "vehicles",
    header: "Vehicles",
    value: (row) => vehiclesAt.get(row.id) ?? 0,
    width: 84,
    align: "end",
    unsearchable: true,
  },
  { id: "lat", header: "Lat", value: (row) => row.lat, cell: (row) => row.lat.toFixed(5), width: 96, align: "end" },
  { id: "lon", header: "Lon", value: (row) => row.lon, cell: (row) => row.lon.toFixed(5), width: 104, align: "end" },
];

/** Where units start, end and post. */
export function BasesView() {
  const trpc = useTRPC();
  const mayWrite = useMay("bases.write");
  const [open, setOpen] = useState<Open>(null);
  const bases = useQuery(trpc.fleet.bases.list.queryOptions());
  const fleet = useQuery(trpc.fleet.vehicles.list.queryOptions());
  const columns = useMemo(() => {
    const vehiclesAt = new Map<string, number>();
    for (const { baseId } of fleet.data ?? []) if (baseId) vehiclesAt.set(baseId, (vehiclesAt.get(baseId) ?? 0) + 1);
    return baseColumns(vehiclesAt);
  }, [fleet.data]);
  const close = () => setOpen(null);
  return (
    <FleetList
      page="Bases"
      query={bases}
      columns={columns}
      rowLabel={rowLabel}
      defaultSort={{ id: "name" }}
      onOpen={mayWrite ? (base) => setOpen({ kind: "edit", base }) : undefined}
      add={mayWrite ? { label: "Add base", run: () => setOpen({ kind: "new" }) } : undefined}
      onImport={mayWrite ? () => setOpen({ kind: "import" }) : undefined}
      emptyHint="Add the places where units start and post."
    >
      {open?.kind === "new" && <BaseDialog base={null} onClose={close} />}
      {open?.kind === "edit" && <BaseDialog key={open.base.id} base={open.base} onClose={close} />}
      {open?.kind === "import" && <ImportBases onClose={close} />}
    </FleetList>
  );
}
