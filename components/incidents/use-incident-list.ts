import { keepPreviousData, useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { useSettled } from "@/components/booking/use-place-search";
import { useAgencyEvents } from "@/components/lib/realtime";
import { useTRPC, useTRPCClient } from "@/components/lib/trpc";
import type { INCIDENT_STATUSES } from "@/server/domain/incidents/vocabulary";

const PAGE = 100;
export type IncidentFilters = {
  status: (typeof INCIDENT_STATUSES)[number];
  /** A number. Lives in memory only and travels in a body. */
  q: string;
};

/** Incidents under the filters, a page at a time, as they are now. */
export function useIncidentList({ status, q: typed }: IncidentFilters) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const reread = () => void queries.invalidateQueries(trpc.incidents.pathFilter());
  useAgencyEvents({ "incident.changed": reread, "trip.changed": reread }, reread);
  const q = useSettled(typed.trim());
  const asked = { status, limit: PAGE };
  const list = useInfiniteQuery({
    queryKey: [...trpc.incidents.list.infiniteQueryKey(asked), q],
    queryFn: ({ pageParam }) => {
      const page = { ...asked, ...(pageParam && { cursor: pageParam }) };
      return q === "" ? client.incidents.list.query(page) : client.incidents.search.query({ ...page, q });
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });
  const incidents = useMemo(() => list.data?.pages.flatMap(({ items }) => items), [list.data]);
  return {
    incidents,
    error: list.error,
    refetch: () => list.refetch(),
    hasMore: list.hasNextPage,
    isLoadingMore: list.isFetchingNextPage,
    loadMore: () => void list.fetchNextPage(),
  };
}
