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

/** From how many letters on there is something to ask. */
const PLACE_LETTERS = 2;
const RIDER_LETTERS = 3;

type Answer<Item> = { data?: readonly Item[] | undefined; isPending: boolean; isPlaceholderData: boolean };

/** What stands in the list, and whether it is behind what is typed: in the pause, or while the answer is under way. */
function listOf<Item>(typed: string, asked: string, letters: number, found: Answer<Item>) {
  if (typed.length < letters) return { items: [], behind: false };
  return {
    items: asked.length < letters ? [] : (found.data ?? []),
    behind: typed !== asked || found.isPending || found.isPlaceholderData,
  };
}

/** Facilities, addresses and crossings for what is typed. */
export function usePlaceSearch(text: string) {
  const trpc = useTRPC();
  const typed = text.trim();
  const q = useSettled(typed);
  const found = useQuery(
    trpc.places.search.queryOptions(
      { q },
      { enabled: q.length >= PLACE_LETTERS, placeholderData: keepPreviousData, staleTime: 60_000 },
    ),
  );
  const { items, behind } = listOf(typed, q, PLACE_LETTERS, found);
  return { places: items, behind, failed: found.isError };
}

/** Riders the agency knows by the beginning of a name, or a whole phone number. */
export function useRiderSearch(text: string) {
  const trpc = useTRPC();
  const typed = text.trim();
  const q = useSettled(typed);
  const found = useQuery(
    trpc.riders.search.queryOptions(
      { q, limit: 8 },
      { enabled: q.length >= RIDER_LETTERS, placeholderData: keepPreviousData, gcTime: 60_000 },
    ),
  );
  const { items, behind } = listOf(typed, q, RIDER_LETTERS, found);
  return { riders: items, behind };
}
