import { useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "@/components/lib/trpc";
import { useRereadBoard } from "@/components/lib/use-reread-board";

/** Options of a mutation that changes a trip: whatever shows it is read again, also after a refusal. */
export function useRereadTrips() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const board = useRereadBoard();
  return {
    onSettled: (_done: unknown, _refused: unknown, { tripId }: { tripId: string }) =>
      Promise.all([
        board.row("trips", tripId),
        queries.invalidateQueries(trpc.trips.get.pathFilter()),
        queries.invalidateQueries(trpc.trips.events.pathFilter()),
      ]),
  };
}
