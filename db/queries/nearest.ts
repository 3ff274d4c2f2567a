import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { vehicles } from "@/db/schema";
import { pointSql } from "@/db/types";
import type { LngLat } from "@/server/domain/geo/lng-lat";

export type Near = { vehicleId: string; distanceM: number; lat: number; lon: number; takenAt: Date; receivedAt: Date };

/**
 * The `limit` positions nearest to a point, nearest first, of those heard of since `since`. The radius is the caller's to
 * cut: inside the query it would turn the index off, since row-level security trusts no operator of PostGIS.
 */
export async function nearestPositions(
  tx: Tx,
  agencyId: string,
  at: LngLat,
  { since, limit }: { since: Date; limit: number },
): Promise<Near[]> {
  const point = pointSql(at);
  const rows = await tx.execute<{
    vehicleId: string;
    distanceM: number;
    lat: number;
    lon: number;
    taken: number;
    received: number;
  }>(sql`
    select p.vehicle_id as "vehicleId", p.location::geography <-> ${point}::geography as "distanceM",
      ST_Y(p.location) as lat, ST_X(p.location) as lon,
      (extract(epoch from p.taken_at) * 1000)::float8 as taken, (extract(epoch from p.received_at) * 1000)::float8 as received
    from vehicle_positions p
    where p.agency_id = ${agencyId}::uuid
      and p.taken_at > ${since.toISOString()}::timestamptz and p.received_at > ${since.toISOString()}::timestamptz
    order by p.location::geography <-> ${point}::geography limit ${limit}`);
  return rows.map(({ taken, received, ...row }) => ({
    ...row,
    takenAt: new Date(taken),
    receivedAt: new Date(received),
  }));
}

/** Those of these vehicles that are in service. */
export const inServiceVehicles = (tx: Tx, agencyId: string, ids: string[]) =>
  ids.length === 0
    ? Promise.resolve([])
    : tx
        .select()
        .from(vehicles)
        .where(
          and(
            eq(vehicles.agencyId, agencyId),
            inArray(vehicles.id, ids),
            vehicles.inService,
            isNull(vehicles.deactivatedAt),
          ),
        );
