import type { IngestSql } from "@/db/ingest-client";
import { uuidArray } from "./array-literal";

export type FollowedTrip = { agencyId: string; vehicleId: string; id: string; channelEpoch: number };

/** The trips that these vehicles are under way for. */
export const findFollowedTrips = (sql: IngestSql, vehicles: { agencyId: string; vehicleId: string }[]) =>
  sql<FollowedTrip[]>`
    select agency_id as "agencyId", vehicle_id as "vehicleId", trip_id as id, channel_epoch as "channelEpoch"
    from find_followed_trips(${uuidArray(vehicles.map((one) => one.agencyId))}::uuid[],
      ${uuidArray(vehicles.map((one) => one.vehicleId))}::uuid[])`;
