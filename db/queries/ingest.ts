import type { IngestTx } from "@/db/ingest-client";
import type { Fix } from "@/server/domain/gps/fix";
import { booleanArray, momentArray, numberArray, uuidArray } from "./array-literal";

// Each statement is sent when its function is called (`execute`), not when its answer is awaited, so that several of them
// travel together.

/** A believed fix and whose it is. */
export type StoredFix = Fix & {
  agencyId: string;
  vehicleId: string;
  deviceId: string;
  shiftId: string | null;
  source: "device" | "crew";
};

/** A fix that is set aside. `dedupe` is the same for the same fix, however often it is sent. */
export type QuarantinedFix = {
  agencyId: string;
  id: string;
  deviceId: string;
  vehicleId: string | null;
  code: string;
  dedupe: string;
  takenAt: Date | null;
  lat: number | null;
  lon: number | null;
  receivedAt: Date;
};

export const e7 = (degrees: number): number => Math.round(degrees * 1e7);

const column = <K extends keyof StoredFix>(fixes: readonly StoredFix[], key: K) => fixes.map((fix) => fix[key]);

/**
 * Appends fixes to the history. No two of them may be the same (vehicle, time, place).
 * @returns which of them were there before: places in `fixes`
 */
export async function insertHistory(tx: IngestTx, fixes: readonly StoredFix[]): Promise<number[]> {
  if (fixes.length === 0) return [];
  const asked = tx<{ place: number }[]>`
    with input as materialized (
      select agency_id, vehicle_id, to_timestamp(taken_ms / 1000)::timestamptz(3) as taken_at,
        to_timestamp(received_ms / 1000)::timestamptz(3) as received_at, lat_e7, lon_e7, accuracy_m, speed_mps, heading_deg,
        altitude_m, battery_pct, charging, device_id, shift_id, ord
      from unnest(
        ${uuidArray(column(fixes, "agencyId"))}::uuid[], ${uuidArray(column(fixes, "vehicleId"))}::uuid[],
        ${momentArray(column(fixes, "takenAt"))}::float8[], ${momentArray(column(fixes, "receivedAt"))}::float8[],
        ${numberArray(fixes.map((fix) => e7(fix.lat)))}::int[], ${numberArray(fixes.map((fix) => e7(fix.lon)))}::int[],
        ${numberArray(column(fixes, "accuracyM"))}::real[], ${numberArray(column(fixes, "speedMps"))}::real[],
        ${numberArray(column(fixes, "headingDeg"))}::real[], ${numberArray(column(fixes, "altitudeM"))}::real[],
        ${numberArray(column(fixes, "batteryPct"))}::real[], ${booleanArray(column(fixes, "charging"))}::boolean[],
        ${uuidArray(column(fixes, "deviceId"))}::uuid[], ${uuidArray(column(fixes, "shiftId"))}::uuid[]
      ) with ordinality as i (agency_id, vehicle_id, taken_ms, received_ms, lat_e7, lon_e7, accuracy_m, speed_mps,
        heading_deg, altitude_m, battery_pct, charging, device_id, shift_id, ord)),
    stored as (
      insert into position_history (agency_id, vehicle_id, taken_at, received_at, lat_e7, lon_e7, accuracy_m, speed_mps,
        heading_deg, altitude_m, battery_pct, charging, device_id, shift_id)
      select agency_id, vehicle_id, taken_at, received_at, lat_e7, lon_e7, accuracy_m, speed_mps, heading_deg,
        altitude_m, battery_pct, charging, device_id, shift_id
      from input order by vehicle_id, taken_at, lat_e7, lon_e7
      on conflict do nothing
      returning vehicle_id, taken_at, lat_e7, lon_e7)
    select (ord - 1)::int as place from input where (vehicle_id, taken_at, lat_e7, lon_e7) not in (select * from stored)`.execute();
  return (await asked).map((row) => row.place);
}

/**
 * Moves live positions: one fix per vehicle, taken only where it is newer and its source is the one to follow
 * (the same rule as `becomesLive` in server/domain/gps/live-position.ts, decided here under the row's lock). A fix that
 * is in the history from an earlier arrival is a repeat and moves nothing, so the history is written first.
 * @returns ids of the vehicles that moved
 */
export async function upsertLivePositions(tx: IngestTx, fixes: readonly StoredFix[]): Promise<string[]> {
  if (fixes.length === 0) return [];
  const asked = tx<{ vehicleId: string }[]>`
    insert into vehicle_positions as v (agency_id, vehicle_id, taken_at, received_at, location, accuracy_m, speed_mps,
      heading_deg, altitude_m, battery_pct, charging, device_id, source)
    select agency_id, vehicle_id, to_timestamp(taken_ms / 1000), to_timestamp(received_ms / 1000),
      ST_SetSRID(ST_MakePoint(lon, lat), 4326), accuracy_m, speed_mps, heading_deg, altitude_m, battery_pct, charging,
      device_id, case when own then 'device' else 'crew' end
    from unnest(
      ${uuidArray(column(fixes, "agencyId"))}::uuid[], ${uuidArray(column(fixes, "vehicleId"))}::uuid[],
      ${momentArray(column(fixes, "takenAt"))}::float8[], ${momentArray(column(fixes, "receivedAt"))}::float8[],
      ${numberArray(column(fixes, "lat"))}::float8[], ${numberArray(column(fixes, "lon"))}::float8[],
      ${numberArray(column(fixes, "accuracyM"))}::real[], ${numberArray(column(fixes, "speedMps"))}::real[],
      ${numberArray(column(fixes, "headingDeg"))}::real[], ${numberArray(column(fixes, "altitudeM"))}::real[],
      ${numberArray(column(fixes, "batteryPct"))}::real[], ${booleanArray(column(fixes, "charging"))}::boolean[],
      ${uuidArray(column(fixes, "deviceId"))}::uuid[], ${booleanArray(fixes.map((fix) => fix.source === "device"))}::boolean[]
    ) as i (agency_id, vehicle_id, taken_ms, received_ms, lat, lon, accuracy_m, speed_mps, heading_deg, altitude_m,
      battery_pct, charging, device_id, own)
    where exists (select 1 from position_history h where h.vehicle_id = i.vehicle_id
      and h.taken_at = to_timestamp(i.taken_ms / 1000)::timestamptz(3)
      and h.received_at = to_timestamp(i.received_ms / 1000)::timestamptz(3))
    order by vehicle_id
    on conflict (agency_id, vehicle_id) do update set taken_at = excluded.taken_at, received_at = excluded.received_at,
      location = excluded.location, accuracy_m = excluded.accuracy_m, speed_mps = excluded.speed_mps,
      heading_deg = excluded.heading_deg, altitude_m = excluded.altitude_m, battery_pct = excluded.battery_pct,
      charging = excluded.charging, device_id = excluded.device_id, source = excluded.source
    where least(excluded.taken_at, excluded.received_at) > least(v.taken_at, v.received_at)
      and (v.device_id = excluded.device_id or (excluded.source = 'device' and v.source = 'crew')
        or excluded.received_at > v.received_at + interval '60 seconds')
    returning v.vehicle_id as "vehicleId"`.execute();
  return (await asked).map((row) => row.vehicleId);
}

/** Sets fixes aside; those that were set aside before stay as they are. */
export async function insertQuarantined(tx: IngestTx, fixes: readonly QuarantinedFix[]): Promise<void> {
  if (fixes.length === 0) return;
  await tx`
    insert into quarantined_fixes (agency_id, id, device_id, vehicle_id, code, dedupe, taken_at, lat, lon, received_at)
    select agency_id, id, device_id, vehicle_id, code, dedupe, taken_at, lat, lon, received_at
    from unnest(${uuidArray(fixes.map((fix) => fix.agencyId))}::uuid[], ${uuidArray(fixes.map((fix) => fix.id))}::uuid[],
      ${uuidArray(fixes.map((fix) => fix.deviceId))}::uuid[], ${uuidArray(fixes.map((fix) => fix.vehicleId))}::uuid[],
      ${fixes.map((fix) => fix.code)}::text[], ${fixes.map((fix) => fix.dedupe)}::text[],
      ${fixes.map((fix) => fix.takenAt?.toISOString() ?? null)}::text[]::timestamptz[],
      ${numberArray(fixes.map((fix) => fix.lat))}::float8[], ${numberArray(fixes.map((fix) => fix.lon))}::float8[],
      ${fixes.map((fix) => fix.receivedAt.toISOString())}::text[]::timestamptz[])
      as i (agency_id, id, device_id, vehicle_id, code, dedupe, taken_at, lat, lon, received_at)
    order by agency_id, dedupe on conflict do nothing`.execute();
}
