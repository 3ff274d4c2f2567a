import "server-only";
import { z } from "zod";
import { toGeoJson, toGpx } from "@/server/domain/gps/track-files";
import { findNearby, NearbyQuery, NearbyVehicle } from "@/server/services/positions/find-nearby";
import {
  allPositions,
  listPositions,
  PositionsQuery,
  StoredPosition,
} from "@/server/services/positions/list-positions";
import { defineRoute, type Route } from "./kit/route";

const file = (body: string, type: string, name: string) =>
  new Response(body, {
    headers: {
      "Content-Type": type,
      "Content-Disposition": `attachment; filename="${name}"`,
      "Cache-Control": "no-store",
    },
  });

export const positionRoutes: Route[] = [
  defineRoute({
    method: "GET",
    path: "/vehicles/nearby",
    permission: "positions.read",
    summary: "In-service vehicles heard of within the hour, nearest first",
    params: z.object({}),
    query: NearbyQuery,
    response: z.object({ items: z.array(NearbyVehicle) }),
    run: (ctx, { query }) => findNearby(ctx, query),
  }),
  defineRoute({
    method: "GET",
    path: "/vehicles/{id}/positions",
    permission: "positions.history",
    summary: "A vehicle's stored fixes, ascending; also as GeoJSON or GPX",
    params: z.object({ id: z.uuid() }),
    query: PositionsQuery,
    files: ["application/geo+json", "application/gpx+xml"],
    response: z.object({ items: z.array(StoredPosition), nextCursor: z.string().nullable() }),
    run: async (ctx, { params, query }) => {
      if (query.format === "json") return listPositions(ctx, params.id, query);
      const points = await allPositions(ctx, params.id, query);
      if (query.format === "gpx") return file(toGpx(points), "application/gpx+xml", `${params.id}.gpx`);
      return file(JSON.stringify(toGeoJson(points)), "application/geo+json", `${params.id}.geojson`);
    },
  }),
];
