import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useDeferredValue, useEffect, useMemo, useState } from "react";
import { useTRPC } from "@/components/lib/trpc";
import { type TripFilters, toQuery } from "./trip-filters";

const PAUSE_MS = 250;
const PAGE = 100;

/** What is typed, once the typing pauses. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return useDeferredValue(settled);
}

/** Trips under the filters, a page at a time; a search by rider, phone or number goes through its own call. */
export function useTripList(filters: TripFilters) {
  const trpc = useTRPC();
  const q = useSettled(filters.q.trim());
  const searches = q.length >= 2;
  const period = toQuery(filters);
  const paging = {
    getNextPageParam: (page: { nextCursor: string | null }) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  };
  const list = useInfiniteQuery(
    trpc.trips.list.infiniteQueryOptions(
      { ...period, ...(filters.vehicleId && { vehicleId: filters.vehicleId }), limit: PAGE },
      { ...paging, enabled: !searches },
    ),
  );
  const search = useInfiniteQuery(
    trpc.trips.search.infiniteQueryOptions({ ...period, q, limit: PAGE }, { ...paging, enabled: searches, gcTime: 0 }),
  );
  const used = searches ? search : list;
  const { vehicleId } = filters;
  const trips = useMemo(
    () =>
      used.data?.pages
        .flatMap(({ items }) => items)
        .filter(
          (trip) =>
            !searches || !vehicleId || trip.assignments.some((assignment) => assignment.vehicleId === vehicleId),
        ),
    [used.data, searches, vehicleId],
  );
  return {
    trips,
    error: used.error,
    refetch: () => used.refetch(),
    hasMore: used.hasNextPage,
    isLoadingMore: used.isFetchingNextPage,
    loadMore: () => void used.fetchNextPage(),
  };
}
