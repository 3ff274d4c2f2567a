import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useSettled } from "@/components/booking/use-place-search";
import { useTRPC, useTRPCClient } from "@/components/lib/trpc";
import { type TripFilters, toQuery } from "./trip-filters";

const PAGE = 100;

/** Trips under the filters, a page at a time; a search by rider, phone or number goes through its own call. */
export function useTripList(filters: TripFilters) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const q = useSettled(filters.q.trim());
  const searches = q.length >= 2;
  const period = toQuery(filters);
  const paging = {
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: { nextCursor: string | null }) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  };
  const listed = { ...period, ...(filters.vehicleId && { vehicleId: filters.vehicleId }), limit: PAGE };
  const list = useInfiniteQuery({
    ...paging,
    queryKey: trpc.trips.list.infiniteQueryKey(listed),
    queryFn: ({ pageParam: cursor }) => client.trips.list.query({ ...listed, ...(cursor && { cursor }) }),
    enabled: !searches,
  });
  const searched = { ...period, q, limit: PAGE };
  const search = useInfiniteQuery({
    ...paging,
    queryKey: trpc.trips.search.infiniteQueryKey(searched),
    queryFn: ({ pageParam: cursor }) => client.trips.search.query({ ...searched, ...(cursor && { cursor }) }),
    enabled: searches,
    gcTime: 0,
  });
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
