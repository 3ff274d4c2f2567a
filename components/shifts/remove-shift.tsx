"use client";

import { useMutation } from "@tanstack/react-query";
import { useRemove } from "@/components/fleet/use-remove";
import { useTRPC } from "@/components/lib/trpc";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import type { Shift } from "@/server/domain/shifts/shift";

/** Asks before a shift leaves the plan. */
export function RemoveShift({ shift, onClose }: { shift: Shift; onClose: () => void }) {
  const trpc = useTRPC();
  const { mutateAsync } = useMutation(trpc.shifts.deactivate.mutationOptions());
  const removal = useRemove({
    remove: () => mutateAsync({ id: shift.id }),
    said: `Shift of ${shift.callSign} taken out of the plan`,
    onDone: onClose,
  });
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Take the shift of ${shift.callSign} out of the plan`}
      action="Take out of the plan"
      danger
      {...removal}
    >
      Its vehicle and its crew are free for other shifts.
    </ConfirmDialog>
  );
}
