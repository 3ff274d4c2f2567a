import { type SQL, sql } from "drizzle-orm";
import type { HistoryRow } from "./history";

/**
 * What the driver is handed of many fixes: a value per column instead of one per fix and column, for each device and shift
 * that sent them. Times and places are packed as the database stores them (PostgreSQL's binary formats: microseconds since
 * 2000 in eight bytes, degrees times 1e7 in four); readings are array literals, null where no fix has any.
 */
export type PackedFixes = {
  deviceId: string;
  shiftId: string | null;
  takenAt: Buffer;
  receivedAt: Buffer;
  latE7: Buffer;
  lonE7: Buffer;
  accuracyM: string | null;
  speedMps: string | null;
  headingDeg: string | null;
  altitudeM: string | null;
  batteryPct: string | null;
  charging: string | null;
};

const packed = (send: string, column: string) => sql.raw(`string_agg(${send}(${column}), ''::bytea)`);
const readings = (column: string) => sql.raw(`case when count(${column}) > 0 then array_agg(${column})::text end`);

/** @param fixes - selects rows of the history */
export const packFixes = (fixes: SQL): SQL => sql`
  select device_id as "deviceId", shift_id as "shiftId",
    ${packed("timestamptz_send", "taken_at")} as "takenAt", ${packed("timestamptz_send", "received_at")} as "receivedAt",
    ${packed("int4send", "lat_e7")} as "latE7", ${packed("int4send", "lon_e7")} as "lonE7",
    ${readings("accuracy_m")} as "accuracyM", ${readings("speed_mps")} as "speedMps",
    ${readings("heading_deg")} as "headingDeg", ${readings("altitude_m")} as "altitudeM",
    ${readings("battery_pct")} as "batteryPct", ${readings("charging")} as charging
  from (${fixes}) fixes group by device_id, shift_id`;

/** @returns the fixes in the order in which they were packed */
export function unpackFixes(one: PackedFixes): HistoryRow[] {
  const { deviceId, shiftId, latE7, lonE7 } = one;
  const accuracyM = numbers(one.accuracyM);
  const speedMps = numbers(one.speedMps);
  const headingDeg = numbers(one.headingDeg);
  const altitudeM = numbers(one.altitudeM);
  const batteryPct = numbers(one.batteryPct);
  const charging = booleans(one.charging);
  return Array.from({ length: latE7.length / 4 }, (_, i) => ({
    takenAt: momentAt(one.takenAt, i),
    receivedAt: momentAt(one.receivedAt, i),
    latE7: latE7.readInt32BE(i * 4),
    lonE7: lonE7.readInt32BE(i * 4),
    accuracyM: accuracyM?.[i] ?? null,
    speedMps: speedMps?.[i] ?? null,
    headingDeg: headingDeg?.[i] ?? null,
    altitudeM: altitudeM?.[i] ?? null,
    batteryPct: batteryPct?.[i] ?? null,
    charging: charging?.[i] ?? null,
    deviceId,
    shiftId,
  }));
}

const EPOCH_MS = Date.UTC(2000, 0, 1);
const momentAt = (bytes: Buffer, i: number): Date => {
  const micros = bytes.readInt32BE(i * 8) * 2 ** 32 + bytes.readUInt32BE(i * 8 + 4);
  return new Date(EPOCH_MS + Math.floor(micros / 1_000));
};

/** `{1.5,NULL}`: with brackets it is JSON, which nothing reads faster. */
const numbers = (literal: string | null): (number | null)[] | null =>
  literal === null ? null : JSON.parse(`[${literal.slice(1, -1).replaceAll("NULL", "null")}]`);

/** `{t,f,NULL}` */
const booleans = (literal: string | null): (boolean | null)[] | null =>
  literal === null
    ? null
    : literal
        .slice(1, -1)
        .split(",")
        .map((word) => (word === "NULL" ? null : word === "t"));
