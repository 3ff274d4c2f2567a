"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { KeyRound, Pencil, Unplug } from "lucide-react";
import { useMemo, useState } from "react";
import { FleetList } from "@/components/fleet/fleet-list";
import { useMay } from "@/components/fleet/use-may";
import { refusalText } from "@/components/lib/errors";
import { later } from "@/components/lib/later";
import { useTRPC } from "@/components/lib/trpc";
import type { MenuGroups } from "@/components/ui/menu-actions";
import { toastError } from "@/components/ui/toast";
import type { Device } from "@/server/domain/devices/device";
import { deviceColumns } from "./device-columns";
import type { Paired } from "./pairing-dialog";
import { useDevices } from "./use-devices";

const DeviceDialog = later(() => import("./device-dialog").then((part) => part.DeviceDialog));
const ImportDevices = later(() => import("./import-devices").then((part) => part.ImportDevices));
const PairingDialog = later(() => import("./pairing-dialog").then((part) => part.PairingDialog));
const RevokeDialog = later(() => import("./revoke-dialog").then((part) => part.RevokeDialog));

type Open =
  | { kind: "new" | "import" }
  | { kind: "edit" | "revoke"; device: Device }
  | { kind: "paired"; paired: Paired }
  | null;

const rowLabel = ({ label }: Device) => label;

/** Phones and trackers: whose they are, whether they report, and pairing. */
export function DevicesView() {
  const mayWrite = useMay("devices.write");
  const [open, setOpen] = useState<Open>(null);
  const devices = useDevices();
  const columns = useDeviceColumns();
  const actions = useDeviceActions(setOpen);
  const close = () => setOpen(null);
  return (
    <FleetList
      page="Devices"
      query={devices}
      columns={columns}
      rowLabel={rowLabel}
      defaultSort={{ id: "label" }}
      onOpen={mayWrite ? (device) => setOpen({ kind: "edit", device }) : undefined}
      actions={mayWrite ? actions : undefined}
      add={mayWrite ? { label: "Pair a device", run: () => setOpen({ kind: "new" }) } : undefined}
      onImport={mayWrite ? () => setOpen({ kind: "import" }) : undefined}
      emptyHint="Pair the phones and trackers that send positions."
    >
      {open?.kind === "new" && (
        <DeviceDialog device={null} onClose={close} onPaired={(paired) => setOpen({ kind: "paired", paired })} />
      )}
      {open?.kind === "edit" && (
        <DeviceDialog key={open.device.id} device={open.device} onClose={close} onPaired={close} />
      )}
      {open?.kind === "paired" && <PairingDialog paired={open.paired} onClose={close} />}
      {open?.kind === "import" && <ImportDevices onClose={close} />}
      {open?.kind === "revoke" && <RevokeDialog device={open.device} onClose={close} />}
    </FleetList>
  );
}

function useDeviceColumns() {
  const trpc = useTRPC();
  const mayPlan = useMay("shifts.write");
  const vehicles = useQuery(trpc.fleet.vehicles.list.queryOptions());
  const people = useQuery(trpc.shifts.people.queryOptions(undefined, { enabled: mayPlan }));
  return useMemo(() => {
    const owners = new Map([
      ...(vehicles.data ?? []).map(
        ({ id, vehicleNo, callSign }) => [id, { name: `${vehicleNo} ${callSign}`, key: vehicleNo }] as const,
      ),
      ...(people.data ?? []).map(({ id, name, email }) => [id, { name, key: email }] as const),
    ]);
    return deviceColumns(({ vehicleId, userId }) => owners.get(vehicleId ?? userId ?? ""));
  }, [vehicles.data, people.data]);
}

/** Edit, a new token, the end: by right click or key. */
function useDeviceActions(setOpen: (open: Open) => void) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const rotate = useMutation(
    trpc.devices.rotate.mutationOptions({
      onSuccess: async (paired) => {
        setOpen({ kind: "paired", paired });
        await queries.invalidateQueries(trpc.devices.pathFilter());
      },
      onError: (error) => toastError("No new token was made", refusalText(error)),
    }),
  );
  return (device: Device): MenuGroups => [
    [
      { id: "edit", label: "Edit", icon: Pencil, shortcut: "E", run: () => setOpen({ kind: "edit", device }) },
      {
        id: "rotate",
        label: "Pair again with a new token",
        icon: KeyRound,
        shortcut: "P",
        run: () => rotate.mutate({ id: device.id }),
      },
    ],
    [{ id: "revoke", label: "Revoke", icon: Unplug, danger: true, run: () => setOpen({ kind: "revoke", device }) }],
  ];
}
