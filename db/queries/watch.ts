import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { WatchedTrip } from "@/server/domain/exceptions/rules-trip";
import type { WatchedUnit } from "@/server/domain/exceptions/rules-unit";

type Times<T> = { [K in keyof T]: T[K] extends Date ? string : T[K] extends Date | null ? string | null : T[K] };
type TripRow = Omit<Times<WatchedTrip>, "assignment"> & {
  assignment: Times<NonNullable<WatchedTrip["assignment"]>> | null;
};

const date = (text: string): Date => new Date(text);
const dateOrNull = (text: string | null): Date | null => (text === null ? null : new Date(text));

/** Trips that are open, and closed ones of the last day that still lack an outcome. */
export async function watchedTrips(tx: Tx, agencyId: string): Promise<WatchedTrip[]> {
  const rows = await tx.execute<TripRow>(sql`
    select t.id, t.kind, t.status, t.outcome, t.priority, t.timing,
      t.requested_at as "requestedAt", t.ready_at as "readyAt",
      t.promised_pickup_at as "promisedPickupAt", t.promised_dropoff_at as "promisedDropoffAt",
      t.eta_pickup_at as "etaPickupAt", t.eta_dropoff_at as "etaDropoffAt",
      t.dropoff_location is not null as "hasDropoff",
      case when a.id is null then (
        select max(r.ended_at) from assignments r
        where r.agency_id = t.agency_id and r.trip_id = t.id and r.end_reason = 'returned') end as "returnedAt",
      case when a.id is not null then json_build_object(
        'id', a.id, 'shiftId', a.shift_id, 'status', a.status,
        'since', greatest(a.assigned_at, a.dispatched_at, a.acknowledged_at, a.en_route_at, a.at_pickup_at, a.loaded_at, a.at_dropoff_at),
        'sentAt', a.sent_at, 'onPhoneAt', a.on_phone_at, 'seenAt', a.seen_at, 'acknowledgedAt', a.acknowledged_at) end as assignment
    from trips t
    left join assignments a on a.agency_id = t.agency_id and a.trip_id = t.id and a.role = 'transport' and a.current
    where t.agency_id = ${agencyId}
      and (t.closed_at is null or (t.outcome is null and t.closed_at > now() - interval '1 day'))`);
  return rows.map(readTrip);
}

const readTrip = (row: TripRow): WatchedTrip => ({
  ...row,
  requestedAt: date(row.requestedAt),
  readyAt: dateOrNull(row.readyAt),
  promisedPickupAt: dateOrNull(row.promisedPickupAt),
  promisedDropoffAt: dateOrNull(row.promisedDropoffAt),
  etaPickupAt: dateOrNull(row.etaPickupAt),
  etaDropoffAt: dateOrNull(row.etaDropoffAt),
  returnedAt: dateOrNull(row.returnedAt),
  assignment: row.assignment && {
    ...row.assignment,
    since: date(row.assignment.since),
    sentAt: dateOrNull(row.assignment.sentAt),
    onPhoneAt: dateOrNull(row.assignment.onPhoneAt),
    seenAt: dateOrNull(row.assignment.seenAt),
    acknowledgedAt: dateOrNull(row.assignment.acknowledgedAt),
  },
});

/** Signed-on units with their newest fix and what they are on. */
export async function watchedUnits(tx: Tx, agencyId: string): Promise<WatchedUnit[]> {
  const rows = await tx.execute<Times<WatchedUnit>>(sql`
    select s.id as "shiftId", s.vehicle_id as "vehicleId", s.signed_on_at as "signedOnAt", s.ends_at as "endsAt",
      least(p.taken_at, p.received_at) as "positionAt",
      (select d.dark_reason from devices d where d.agency_id = s.agency_id and d.vehicle_id = s.vehicle_id
        and d.deactivated_at is null and d.dark_reason is not null order by d.last_seen_at desc nulls last limit 1) as "darkReason",
      on_trip.trip_id as "activeTripId", on_trip.busy_until as "busyUntil"
    from shifts s
    left join vehicle_positions p on p.agency_id = s.agency_id and p.vehicle_id = s.vehicle_id
    left join lateral (
      select (array_agg(a.trip_id order by a.dispatched_at) filter (where a.status not in ('reserved', 'completed')))[1] as trip_id,
        max(t.eta_dropoff_at) filter (where a.role = 'transport') as busy_until
      from assignments a join trips t on t.agency_id = a.agency_id and t.id = a.trip_id
      where a.agency_id = s.agency_id and a.shift_id = s.id and a.current and t.closed_at is null) on_trip on true
    where s.agency_id = ${agencyId} and s.signed_on_at is not null and s.signed_off_at is null and s.deactivated_at is null`);
  return rows.map((row) => ({
    ...row,
    signedOnAt: date(row.signedOnAt),
    endsAt: date(row.endsAt),
    positionAt: dateOrNull(row.positionAt),
    busyUntil: dateOrNull(row.busyUntil),
  }));
}
