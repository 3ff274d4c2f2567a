import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useAgencyEvents } from "@/components/lib/realtime";
import { useTRPC } from "@/components/lib/trpc";

/** One trip with its history, read again as soon as somebody changes it. */
export function useTrip(tripId: string) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const trip = useQuery(trpc.trips.get.queryOptions({ tripId }, { retry: false }));
  const events = useQuery(trpc.trips.events.queryOptions({ tripId }, { retry: false }));
  const reread = () => {
    void queries.invalidateQueries(trpc.trips.get.queryFilter({ tripId }));
    void queries.invalidateQueries(trpc.trips.events.queryFilter({ tripId }));
  };
  useAgencyEvents({ "trip.changed": (event) => event.tripId === tripId && reread() }, reread);
  return { trip: trip.data, events: events.data, error: trip.error, retry: () => trip.refetch() };
}
