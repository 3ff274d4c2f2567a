import { type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { untilReadAgainMs } from "./board-clock";
import { boardFeed } from "./board-feed";
import { BoardReader } from "./board-reader";
import { followServerClock, nowMs } from "./clock";
import { readAfter } from "./read-after";
import { useAgencyEvents, useConnectionState } from "./realtime";
import { useTRPC, useTRPCClient } from "./trpc";
import { useAgency } from "./viewer";

/** How often the board is read while the live feed is out. */
const UNFED_MS = 5_000;

/** One board and one reader of it per tab. */
const readers = new WeakMap<QueryClient, BoardReader>();

/** Reads this tab's board: one question at a time. */
export function useBoardReader(): BoardReader {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const known = readers.get(queries);
  if (known) return known;
  const key = trpc.board.get.queryKey({});
  const made = new BoardReader({
    readAll: () => client.board.get.query({}),
    readChanges: (ask) => client.board.changes.query(ask),
    held: () => queries.getQueryData(key),
    keep: (board) => queries.setQueryData(key, board),
    reread: () => queries.invalidateQueries({ queryKey: key }),
    askLatest: () => readAfter.askLatest(),
    nowMs: () => performance.now(),
  });
  readers.set(queries, made);
  return made;
}

/** The agency's board: trips, units and exceptions. One query that board, map and bell share. */
export function useBoard() {
  const trpc = useTRPC();
  const reader = useBoardReader();
  const agencyId = useAgency().id;
  const isFed = useConnectionState() === "live";
  const inStep = () => untilReadAgainMs({ nowMs: nowMs(), ageMs: reader.ageMs, agencyId });
  return useQuery({
    // Lateness and staleness grow without anybody changing anything; without the feed nobody says that something has.
    ...trpc.board.get.queryOptions({}, { refetchInterval: isFed ? inStep : UNFED_MS }),
    queryFn: () => reader.all(),
  });
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

/** Keeps the board in step with what others do. A push says what changed; the server says how it is now. Mounted once. */
export function useBoardFeed() {
  const reader = useBoardReader();
  const trpc = useTRPC();
  const queries = useQueryClient();
  useEffect(() => () => reader.stop(), [reader]);
  const resync = () => {
    reader.resync();
    void queries.invalidateQueries(trpc.board.manifest.pathFilter());
  };
  const feed = boardFeed(reader);
  const onUnit: (typeof feed)["unit.changed"] = (event) => {
    feed["unit.changed"](event);
    void queries.invalidateQueries(trpc.board.manifest.pathFilter());
  };
  useAgencyEvents({ ...feed, "unit.changed": onUnit }, resync);
}
