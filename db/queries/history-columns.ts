import { type SQL, sql } from "drizzle-orm";
import type { HistoryRow } from "./history";

/**
 * What the driver is handed of many fixes: a value per column instead of one per fix and column, null without fixes. Times,
 * places and ids are packed as the database stores them (PostgreSQL's binary formats: microseconds since 2000 in eight
 * bytes, degrees times 1e7 in four, ids in sixteen, zeros for none); readings are array literals. What no fix has is null.
 */
export type PackedFixes = {
  takenAt: Buffer | null;
  receivedAt: Buffer | null;
  latE7: Buffer | null;
  lonE7: Buffer | null;
  deviceId: Buffer | null;
  shiftId: Buffer | null;
  accuracyM: string | null;
  speedMps: string | null;
  headingDeg: string | null;
  altitudeM: string | null;
  batteryPct: string | null;
  charging: string | null;
};

const packed = (send: string, column: string) => sql.raw(`string_agg(${send}(${column}), ''::bytea)`);
const idOrZeros = "string_agg(coalesce(uuid_send(shift_id), decode(repeat('00', 16), 'hex')), ''::bytea)";
const readings = (column: string) => sql.raw(`case when count(${column}) > 0 then array_agg(${column})::text end`);

/** @param fixes - selects rows of the history */
export const packFixes = (fixes: SQL): SQL => sql`
  select ${packed("uuid_send", "device_id")} as "deviceId",
    case when count(shift_id) > 0 then ${sql.raw(idOrZeros)} end as "shiftId",
    ${packed("timestamptz_send", "taken_at")} as "takenAt", ${packed("timestamptz_send", "received_at")} as "receivedAt",
    ${packed("int4send", "lat_e7")} as "latE7", ${packed("int4send", "lon_e7")} as "lonE7",
    ${readings("accuracy_m")} as "accuracyM", ${readings("speed_mps")} as "speedMps",
    ${readings("heading_deg")} as "headingDeg", ${readings("altitude_m")} as "altitudeM",
    ${readings("battery_pct")} as "batteryPct", ${readings("charging")} as charging
  from (${fixes}) fixes`;

/** @returns the fixes in the order in which they were packed */
export function unpackFixes(one: PackedFixes): HistoryRow[] {
  const { takenAt, receivedAt, latE7, lonE7, deviceId } = one;
  if (!takenAt || !receivedAt || !latE7 || !lonE7 || !deviceId) return [];
  const device = ids(deviceId);
  const shift = one.shiftId ? ids(one.shiftId) : () => NO_ID;
  const accuracyM = numbers(one.accuracyM);
  const speedMps = numbers(one.speedMps);
  const headingDeg = numbers(one.headingDeg);
  const altitudeM = numbers(one.altitudeM);
  const batteryPct = numbers(one.batteryPct);
  const charging = booleans(one.charging);
  return Array.from({ length: latE7.length / 4 }, (_, i) => {
    const shiftId = shift(i);
    return {
      takenAtMs: msAt(takenAt, i),
      receivedAtMs: msAt(receivedAt, i),
      latE7: latE7.readInt32BE(i * 4),
      lonE7: lonE7.readInt32BE(i * 4),
      accuracyM: accuracyM?.[i] ?? null,
      speedMps: speedMps?.[i] ?? null,
      headingDeg: headingDeg?.[i] ?? null,
      altitudeM: altitudeM?.[i] ?? null,
      batteryPct: batteryPct?.[i] ?? null,
      charging: charging?.[i] ?? null,
      deviceId: device(i),
      shiftId: shiftId === NO_ID ? null : shiftId,
    };
  });
}

const EPOCH_MS = Date.UTC(2000, 0, 1);
const msAt = (bytes: Buffer, i: number): number => {
  const micros = bytes.readInt32BE(i * 8) * 2 ** 32 + bytes.readUInt32BE(i * 8 + 4);
  return EPOCH_MS + Math.floor(micros / 1_000);
};

const ID_BYTES = 16;
const WORDS = [0, 4, 8, 12];
const NO_ID = "00000000-0000-0000-0000-000000000000";

/** Ids by their number, asked for in order: most are the one before, which is written once. */
function ids(bytes: Buffer): (i: number) => string {
  let last = -1;
  let text = NO_ID;
  const isSame = (a: number, b: number) => WORDS.every((at) => bytes.readInt32LE(a + at) === bytes.readInt32LE(b + at));
  return (i) => {
    const at = i * ID_BYTES;
    if (last < 0 || !isSame(last, at)) text = idOf(bytes.toString("hex", at, at + ID_BYTES));
    last = at;
    return text;
  };
}

const idOf = (hex: string): string =>
  [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");

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
