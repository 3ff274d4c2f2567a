"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { POSITIONS_EVENT, positionsChannel } from "@/server/realtime/channels";
import { type Bounds, cellsCovering, cellsInView } from "./cells-in-view";
import { LivePositions } from "./live-positions";
import { useRealtime } from "./realtime";
import { useTRPC, useTRPCClient } from "./trpc";

/** In a view too wide for all its cells, a unit that is alone in a new cell is noticed after this long. */
const OCCUPIED_EVERY_MS = 20_000;

/**
 * The live positions in view, in a store outside React: read `units`, listen with `subscribe`; it never makes this
 * component render. Null until the realtime settings are there.
 * @param bounds - the view; undefined follows nothing yet. An agency with one cell follows it whatever the view.
 */
export function useLivePositions(bounds: Bounds | undefined): LivePositions | null {
  const realtime = useRealtime();
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const settingsFilter = useMemo(() => trpc.realtime.settings.queryFilter(), [trpc]);
  const store = useMemo(() => {
    if (!realtime) return null;
    const { connection, settings } = realtime;
    return new LivePositions({
      subscribe: (cell, onFrame, onResync) => {
        const channel = positionsChannel(settings.agencyId, settings.res, cell);
        return connection.subscribe(channel, { [POSITIONS_EVENT]: onFrame }, onResync);
      },
      loadSnapshot: async (cells) => {
        // A growing agency changes from one cell to many: whoever has to refetch looks at that too.
        void queryClient.invalidateQueries(settingsFilter);
        return client.realtime.positions.query({ cells });
      },
    });
  }, [realtime, client, queryClient, settingsFilter]);
  const isWide = realtime?.settings.cells === "h3" && bounds && cellsCovering(bounds, realtime.settings.res) === null;
  const { data: occupied } = useQuery(
    trpc.realtime.occupiedCells.queryOptions(undefined, {
      enabled: isWide === true,
      refetchInterval: OCCUPIED_EVERY_MS,
    }),
  );
  const cells = realtime ? cellsInView(realtime.settings, bounds, occupied ?? []).join(",") : "";
  useEffect(() => {
    store?.follow(cells === "" ? [] : cells.split(","));
  }, [store, cells]);
  useEffect(() => () => store?.follow([]), [store]);
  return store;
}
