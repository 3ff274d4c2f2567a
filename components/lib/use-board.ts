import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { followServerClock } from "./clock";
import { useAgencyEvents, useConnectionState } from "./realtime";
import { useTRPC } from "./trpc";

/** How often the board is read while the live feed is out. */
const UNFED_MS = 5_000;

/** The agency's board of today: trips, units and exceptions. One query that board, map and bell share. */
export function useBoard() {
  const trpc = useTRPC();
  const isFed = useConnectionState() === "live";
  // Lateness and staleness grow without anybody changing anything; without the feed nobody says that something has.
  return useQuery(trpc.board.get.queryOptions({}, { refetchInterval: isFed ? 30_000 : UNFED_MS }));
}

/** Keeps this computer's idea of now in step with the server's, by what the board says. Renders nothing; mounted once. */
export function ServerClock() {
  const { data, dataUpdatedAt } = useBoard();
  const serverNow = data?.now;
  useEffect(() => {
    if (serverNow) followServerClock(serverNow, dataUpdatedAt);
  }, [serverNow, dataUpdatedAt]);
  return null;
}

/** However many things change at once, the board is read again at most this often. */
const AT_MOST_EVERY_MS = 400;

/** Keeps the board in step with what others do. A push says that something changed; the query says what. Mounted once. */
export function useBoardFeed() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const last = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const read = () => {
    last.current = performance.now();
    timer.current = null;
    void queries.invalidateQueries(trpc.board.pathFilter());
  };
  const soon = () => {
    timer.current ??= setTimeout(read, Math.max(0, last.current + AT_MOST_EVERY_MS - performance.now()));
  };
  useEffect(
    () => () => {
      if (timer.current) clearTimeout(timer.current);
      timer.current = null;
    },
    [],
  );
  useAgencyEvents({ "trip.changed": soon, "unit.changed": soon, "exception.changed": soon }, soon);
}
