import { useMutation, useQueryClient } from "@tanstack/react-query";
import { refusalText } from "@/components/lib/errors";
import { useTRPC } from "@/components/lib/trpc";
import { toast, toastError } from "@/components/ui/toast";
import type { Shift } from "@/server/domain/shifts/shift";

/** Signs a shift on or off; a refusal says why. */
export function useSign() {
  const trpc = useTRPC();
  const client = useQueryClient();
  const refresh = () =>
    Promise.all([trpc.shifts, trpc.fleet].map((area) => client.invalidateQueries(area.pathFilter())));
  const settle = (verb: string) => ({
    onSuccess: async ({ callSign }: Shift) => {
      toast(`${callSign} signed ${verb}`);
      await refresh();
    },
    onError: (error: unknown) => toastError(`Not signed ${verb}`, refusalText(error)),
  });
  const on = useMutation(trpc.shifts.signOn.mutationOptions(settle("on")));
  const off = useMutation(trpc.shifts.signOff.mutationOptions(settle("off")));
  return {
    signOn: ({ id, version }: Shift) => on.mutate({ id, version }),
    signOff: ({ id, version }: Shift) => off.mutate({ id, version }),
    busy: on.isPending || off.isPending,
  };
}
