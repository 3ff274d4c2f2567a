import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useDeferredValue, useEffect, useState } from "react";
import { useTRPC } from "@/components/lib/trpc";

const PAUSE_MS = 120;

/** A value that follows after a pause in typing. */
export function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return useDeferredValue(settled);
}

/** Facilities, addresses and crossings for what is typed. */
export function usePlaceSearch(text: string) {
  const trpc = useTRPC();
  const q = useSettled(text.trim());
  const found = useQuery(
    trpc.places.search.queryOptions(
      { q },
      { enabled: q.length >= 2, placeholderData: keepPreviousData, staleTime: 60_000 },
    ),
  );
  return { places: q.length >= 2 ? (found.data ?? []) : [], searching: found.isFetching, failed: found.isError };
}

/** Riders the agency knows by the beginning of a name, or a whole phone number. */
export function useRiderSearch(text: string) {
  const trpc = useTRPC();
  const q = useSettled(text.trim());
  const found = useQuery(
    trpc.riders.search.queryOptions(
      { q, limit: 8 },
      { enabled: q.length >= 3, placeholderData: keepPreviousData, gcTime: 60_000 },
    ),
  );
  return { riders: q.length >= 3 ? (found.data ?? []) : [], searching: found.isFetching };
}
