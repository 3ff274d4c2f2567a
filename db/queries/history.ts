import { and, asc, eq, gte, lt, type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { IngestTx } from "@/db/ingest-client";
import { positionHistory } from "@/db/schema";
import { type PackedFixes, packFixes, unpackFixes } from "./history-columns";
import { addDays, type Day, dayStart } from "./partitions";

/**
 * One stored fix, as the history and the archive hold it; degrees times 1e7. Times are epoch milliseconds: a day holds tens
 * of thousands, and each date would be an object of its own.
 */
export type HistoryRow = Omit<
  typeof positionHistory.$inferSelect,
  "agencyId" | "vehicleId" | "takenAt" | "receivedAt"
> & { takenAtMs: number; receivedAtMs: number };

/** A fix's place in a vehicle's history, which is ordered by time, then place. */
export type HistoryKey = { takenAtMs: number; latE7: number; lonE7: number };
/**
 * `limit` counts from the beginning; with `all` the range is wanted as a whole, so that of more than `limit` fixes any will
 * do, and the database need not sort them.
 */
export type HistoryRange = { from: Date; to: Date; after?: HistoryKey | undefined; limit: number; all?: boolean };

/** The order of a history: by time, then place. */
export const compareFixes = (a: HistoryKey, b: HistoryKey): number =>
  a.takenAtMs - b.takenAtMs || a.latE7 - b.latE7 || a.lonE7 - b.lonE7;

const beyond = (after: HistoryKey): SQL =>
  sql`(${positionHistory.takenAt}, ${positionHistory.latE7}, ${positionHistory.lonE7}) > (${new Date(after.takenAtMs).toISOString()}::timestamptz, ${after.latE7}::int, ${after.lonE7}::int)`;

/** A vehicle's fixes that the database holds, ascending; `from` inclusive, `to` exclusive. */
export async function hotHistory(
  tx: Tx,
  agencyId: string,
  vehicleId: string,
  { from, to, after, limit, all }: HistoryRange,
): Promise<HistoryRow[]> {
  const fixes = tx
    .select()
    .from(positionHistory)
    .where(
      and(
        eq(positionHistory.agencyId, agencyId),
        eq(positionHistory.vehicleId, vehicleId),
        gte(positionHistory.takenAt, from),
        lt(positionHistory.takenAt, to),
        after && beyond(after),
      ),
    )
    .orderBy(...(all ? [] : [asc(positionHistory.takenAt), asc(positionHistory.latE7), asc(positionHistory.lonE7)]))
    .limit(limit);
  const packed = await tx.execute<PackedFixes>(packFixes(fixes.getSQL()));
  // Nearly or wholly in order already: fixes are stored as they come.
  return packed.flatMap(unpackFixes).sort(compareFixes);
}

/** The days that have a partition, seen from a reader's transaction. */
export async function hotDays(tx: Tx): Promise<Set<Day>> {
  const rows = await tx.execute<{ day: Day }>(sql`select position_partition_days()::text as day`);
  return new Set(rows.map((row) => row.day));
}

/** Whose fixes a day holds, and how many; in the order in which they are archived. */
export const vehiclesOfDay = (tx: IngestTx, day: Day) =>
  tx<{ agencyId: string; vehicleId: string; rows: number }[]>`
    select agency_id as "agencyId", vehicle_id as "vehicleId", count(*)::int as rows from position_history
    where taken_at >= ${dayStart(day)} and taken_at < ${dayStart(addDays(day, 1))}
    group by agency_id, vehicle_id order by agency_id, vehicle_id`;

/** All of a vehicle's fixes of a day, ascending. */
export const rowsOfDay = (tx: IngestTx, day: Day, { agencyId, vehicleId }: { agencyId: string; vehicleId: string }) =>
  tx<HistoryRow[]>`
    select floor(extract(epoch from taken_at) * 1000)::float8 as "takenAtMs",
      floor(extract(epoch from received_at) * 1000)::float8 as "receivedAtMs", lat_e7 as "latE7", lon_e7 as "lonE7",
      accuracy_m as "accuracyM", speed_mps as "speedMps", heading_deg as "headingDeg", altitude_m as "altitudeM",
      battery_pct as "batteryPct", charging, device_id as "deviceId", shift_id as "shiftId"
    from position_history
    where agency_id = ${agencyId} and vehicle_id = ${vehicleId}
      and taken_at >= ${dayStart(day)} and taken_at < ${dayStart(addDays(day, 1))}
    order by taken_at, lat_e7, lon_e7`;
