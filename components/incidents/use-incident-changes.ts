import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "@/components/lib/trpc";
import { useRereadTrips } from "@/components/trips/use-reread-trips";

/** What is done to incidents; whatever shows them or their trips is read again, also after a refusal. */
export function useIncidentChanges() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { onSettled } = useRereadTrips();
  const after = {
    onSettled: () => Promise.all([onSettled(), queries.invalidateQueries(trpc.incidents.pathFilter())]),
  };
  return {
    open: useMutation(trpc.incidents.open.mutationOptions(after)).mutateAsync,
    attach: useMutation(trpc.incidents.attach.mutationOptions(after)).mutateAsync,
    detach: useMutation(trpc.incidents.detach.mutationOptions(after)).mutateAsync,
    close: useMutation(trpc.incidents.close.mutationOptions(after)).mutateAsync,
  };
}
