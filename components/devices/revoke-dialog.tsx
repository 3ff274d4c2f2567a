"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRemove } from "@/components/fleet/use-remove";
import { useTRPC } from "@/components/lib/trpc";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import type { Device } from "@/server/domain/devices/device";

/** Asks before a device is cut off. */
export function RevokeDialog({ device, onClose }: { device: Device; onClose: () => void }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { mutateAsync } = useMutation(trpc.devices.revoke.mutationOptions());
  const removal = useRemove({
    remove: async () => {
      await mutateAsync({ id: device.id });
      await queries.invalidateQueries(trpc.devices.pathFilter());
    },
    said: `${device.label} revoked`,
    onDone: onClose,
  });
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Revoke ${device.label}`}
      action="Revoke the device"
      danger
      {...removal}
    >
      Within five seconds nothing it sends is accepted any more. Its history stays.
    </ConfirmDialog>
  );
}
