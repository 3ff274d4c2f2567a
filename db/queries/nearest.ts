import { and, arrayContains, asc, eq, gt, isNull, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { vehiclePositions, vehicles } from "@/db/schema";
import { pointSql } from "@/db/types";
import type { LngLat } from "@/server/domain/geo/lng-lat";
import type { Level } from "@/server/domain/trips/vocabulary";

type Wanted = { since: Date; limit: number; level?: Level | undefined };

/**
 * The `limit` positions nearest to a point, nearest first, of those heard of since `since`; each with its vehicle when
 * that is in service (and of the level), else with null.
 *
 * What narrows it down stays outside of the limit. The radius would turn the index off, since row-level security trusts no
 * operator of PostGIS; and the database expects next to nothing of a join of two tables of one agency, so that it would
 * read all of the agency's rows instead of going from near to far.
 */
export const nearestPositions = (tx: Tx, agencyId: string, at: LngLat, { since, limit, level }: Wanted) => {
  const near = tx
    .select({
      vehicleId: vehiclePositions.vehicleId,
      location: vehiclePositions.location,
      takenAt: vehiclePositions.takenAt,
      receivedAt: vehiclePositions.receivedAt,
      distanceM: sql<number>`${vehiclePositions.location}::geography <-> ${pointSql(at)}::geography`.as("distance_m"),
    })
    .from(vehiclePositions)
    .where(
      and(
        eq(vehiclePositions.agencyId, agencyId),
        gt(vehiclePositions.takenAt, since),
        gt(vehiclePositions.receivedAt, since),
      ),
    )
    .orderBy(sql`distance_m`)
    .limit(limit)
    .as("near");
  return tx
    .select({
      location: near.location,
      takenAt: near.takenAt,
      receivedAt: near.receivedAt,
      distanceM: near.distanceM,
      vehicle: vehicles,
    })
    .from(near)
    .leftJoin(
      vehicles,
      and(
        eq(vehicles.agencyId, agencyId),
        eq(vehicles.id, near.vehicleId),
        vehicles.inService,
        isNull(vehicles.deactivatedAt),
        level && arrayContains(vehicles.levels, [level]),
      ),
    )
    .orderBy(asc(near.distanceM));
};
export type NearPosition = Awaited<ReturnType<typeof nearestPositions>>[number];
