"use client";

import { useMutation } from "@tanstack/react-query";
import { useTRPC } from "@/components/lib/trpc";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import type { Vehicle } from "@/server/domain/fleet/vehicle";
import { useRemove } from "./use-remove";

type Props = { vehicle: Vehicle; onClose: () => void; onDone: () => void };

/** Asks before a truck leaves the fleet. */
export function RemoveVehicle({ vehicle, onClose, onDone }: Props) {
  const trpc = useTRPC();
  const { mutateAsync } = useMutation(trpc.fleet.vehicles.deactivate.mutationOptions());
  const { busy, error, onConfirm } = useRemove({
    remove: () => mutateAsync({ id: vehicle.id }),
    said: `${vehicle.vehicleNo} removed from the fleet`,
    onDone,
  });
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Remove ${vehicle.vehicleNo} from the fleet`}
      action="Remove the vehicle"
      danger
      busy={busy}
      error={error}
      onConfirm={onConfirm}
    >
      It can&apos;t be planned or sent any more. Its shifts, trips and positions stay as history.
    </ConfirmDialog>
  );
}
