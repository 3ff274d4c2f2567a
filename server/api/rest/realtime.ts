import "server-only";
import { PositionSnapshot, SnapshotCellsQuery, snapshotCells } from "@/server/services/positions/snapshot-cells";
import { describeRealtime, RealtimeSettings } from "@/server/services/realtime/describe-realtime";
import { defineRoute, type Route } from "./kit/route";

export const realtimeRoutes: Route[] = [
  defineRoute({
    method: "GET",
    path: "/realtime",
    permission: "realtime.connect",
    summary: "How to reach the realtime server (Pusher protocol 7)",
    response: RealtimeSettings,
    run: (ctx, { headers }) => describeRealtime(ctx, headers),
  }),
  defineRoute({
    method: "GET",
    path: "/positions/snapshot",
    permission: "positions.read",
    summary: "Where the units in some cells are, with the number of each cell's last frame",
    query: SnapshotCellsQuery,
    response: PositionSnapshot,
    run: (ctx, { query }) => snapshotCells(ctx, query),
  }),
];
