import { useMutation } from "@tanstack/react-query";
import { useTRPC } from "@/components/lib/trpc";
import { useRereadTrips } from "./use-reread-trips";

/** What a trip's panel changes besides sending units: corrections, diversion, outcome, readiness, edits, support. */
export function useTripChanges() {
  const trpc = useTRPC();
  const after = useRereadTrips();
  return {
    correct: useMutation(trpc.trips.correct.mutationOptions(after)).mutateAsync,
    divert: useMutation(trpc.trips.divert.mutationOptions(after)).mutateAsync,
    setOutcome: useMutation(trpc.trips.setOutcome.mutationOptions(after)).mutateAsync,
    markReady: useMutation(trpc.trips.markReady.mutationOptions(after)).mutateAsync,
    addSupport: useMutation(trpc.trips.addSupport.mutationOptions(after)).mutateAsync,
    removeSupport: useMutation(trpc.trips.removeSupport.mutationOptions(after)).mutateAsync,
    reportStatus: useMutation(trpc.trips.reportStatus.mutationOptions(after)).mutateAsync,
    edit: useMutation(trpc.trips.edit.mutationOptions(after)).mutateAsync,
  };
}
