import { useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "@/components/lib/trpc";

/** Options of a mutation that changes a trip: whatever shows trips is read again, also after a refusal. */
export function useRereadTrips() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  return {
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries(trpc.board.pathFilter()),
        queries.invalidateQueries(trpc.trips.get.pathFilter()),
        queries.invalidateQueries(trpc.trips.events.pathFilter()),
      ]),
  };
}
