import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "@/components/lib/trpc";
import { useRereadBoard } from "@/components/lib/use-reread-board";

/** What is done to incidents; whatever shows them or their trips is read again, also after a refusal. */
export function useIncidentChanges() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const board = useRereadBoard();
  const after = {
    onSettled: () =>
      Promise.all([
        board.all(),
        ...[trpc.incidents, trpc.trips.get, trpc.trips.events].map((shown) =>
          queries.invalidateQueries(shown.pathFilter()),
        ),
      ]),
  };
  return {
    open: useMutation(trpc.incidents.open.mutationOptions(after)).mutateAsync,
    attach: useMutation(trpc.incidents.attach.mutationOptions(after)).mutateAsync,
    detach: useMutation(trpc.incidents.detach.mutationOptions(after)).mutateAsync,
    close: useMutation(trpc.incidents.close.mutationOptions(after)).mutateAsync,
  };
}
