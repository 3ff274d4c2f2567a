import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "@/components/lib/trpc";

/** What a trip's panel changes besides sending units: corrections, diversion, outcome, readiness, edits. */
export function useTripChanges() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const after = {
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries(trpc.board.pathFilter()),
        queries.invalidateQueries(trpc.trips.get.pathFilter()),
        queries.invalidateQueries(trpc.trips.events.pathFilter()),
      ]),
  };
  return {
    correct: useMutation(trpc.trips.correct.mutationOptions(after)).mutateAsync,
    divert: useMutation(trpc.trips.divert.mutationOptions(after)).mutateAsync,
    setOutcome: useMutation(trpc.trips.setOutcome.mutationOptions(after)).mutateAsync,
    markReady: useMutation(trpc.trips.markReady.mutationOptions(after)).mutateAsync,
    edit: useMutation(trpc.trips.edit.mutationOptions(after)).mutateAsync,
  };
}
