import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTRPC } from "@/components/lib/trpc";
import type { AssignmentMode } from "@/server/domain/trips/vocabulary";
import { offersOf } from "./offers";

/**
 * The ranking of units for a trip, taken once: while it is looked at it never reorders by itself, so that `1` is the
 * unit that was read as first. Asking again is up to the dispatcher.
 */
export function useOffers(tripId: string, mode: AssignmentMode, holder: string | null) {
  const trpc = useTRPC();
  const query = useQuery(
    trpc.trips.candidates.queryOptions(
      { tripId, mode },
      { staleTime: Number.POSITIVE_INFINITY, gcTime: 0, refetchOnWindowFocus: false, refetchOnReconnect: false },
    ),
  );
  const offers = useMemo(() => query.data && offersOf(query.data, holder), [query.data, holder]);
  return {
    offers,
    error: query.error,
    isRanking: query.isFetching,
    rankedAt: query.dataUpdatedAt === 0 ? null : new Date(query.dataUpdatedAt),
    rankAgain: () => void query.refetch(),
  };
}
