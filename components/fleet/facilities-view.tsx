"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { refusalText } from "@/components/lib/errors";
import { later } from "@/components/lib/later";
import { useTRPC } from "@/components/lib/trpc";
import { toast, toastError } from "@/components/ui/toast";
import type { Facility } from "@/server/domain/fleet/facility";
import { FACILITY_STATUSES, type FacilityStatus } from "@/server/domain/fleet/vocabulary";
import { facilityColumns, STATUS_WORDS } from "./facility-columns";
import { FleetList } from "./fleet-list";
import { useMay } from "./use-may";

const FacilityDialog = later(() => import("./facility-dialog").then((part) => part.FacilityDialog));
const ImportFacilities = later(() => import("./import-facilities").then((part) => part.ImportFacilities));

type Open = { kind: "new" } | { kind: "edit"; facility: Facility } | { kind: "import" } | null;

const rowLabel = ({ name }: Facility) => name;

/** Hospitals, nursing homes, dialysis centres: the list, their state, the import. */
export function FacilitiesView() {
  const trpc = useTRPC();
  const mayWrite = useMay("facilities.write");
  const [open, setOpen] = useState<Open>(null);
  const facilities = useQuery(trpc.facilities.list.queryOptions());
  const statusActions = useStatusActions();
  const close = () => setOpen(null);
  return (
    <FleetList
      page="Facilities"
      query={facilities}
      columns={facilityColumns}
      rowLabel={rowLabel}
      defaultSort={{ id: "name" }}
      actions={statusActions}
      onOpen={mayWrite ? (facility) => setOpen({ kind: "edit", facility }) : undefined}
      add={mayWrite ? { label: "Add facility", run: () => setOpen({ kind: "new" }) } : undefined}
      onImport={mayWrite ? () => setOpen({ kind: "import" }) : undefined}
      emptyHint="Add one, or import a list of them."
    >
      {open?.kind === "new" && <FacilityDialog facility={null} onClose={close} />}
      {open?.kind === "edit" && <FacilityDialog key={open.facility.id} facility={open.facility} onClose={close} />}
      {open?.kind === "import" && <ImportFacilities onClose={close} />}
    </FleetList>
  );
}

/** Open, limited, divert, closed by right click; can be undone. */
function useStatusActions() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const may = useMay("facilities.status");
  const { mutateAsync } = useMutation(trpc.facilities.setStatus.mutationOptions());
  const change = async ({ id, name, status: before }: Facility, status: FacilityStatus) => {
    try {
      await mutateAsync({ id, status });
      await queries.invalidateQueries(trpc.facilities.pathFilter());
    } catch (error) {
      toastError(`${name} stays as it is`, refusalText(error));
      return;
    }
    const undo = async () => {
      await mutateAsync({ id, status: before });
      await queries.invalidateQueries(trpc.facilities.pathFilter());
    };
    const failed = (error: unknown) => toastError(`${name} stays ${STATUS_WORDS[status]}`, refusalText(error));
    toast(`${name}: ${STATUS_WORDS[status].toLowerCase()}`, { undo: { run: () => void undo().catch(failed) } });
  };
  return (facility: Facility) =>
    may
      ? [
          FACILITY_STATUSES.map((status) => ({
            id: status,
            label: `Set ${STATUS_WORDS[status].toLowerCase()}`,
            disabled: status === facility.status,
            run: () => void change(facility, status),
          })),
        ]
      : [];
}
