import type { IngestSql } from "@/db/ingest-client";
import type { Fix } from "@/server/domain/gps/fix";
import { newestOfDevices } from "@/server/domain/gps/live-position";
import { booleanArray, momentArray, numberArray, uuidArray } from "./array-literal";

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

/** Places in the batch: of fixes that were in the history before, and of those that became live. */
export type StoredBatch = { repeated: number[]; moved: number[] };

export const e7 = (degrees: number): number => Math.round(degrees * 1e7);

const NOBODY = "00000000-0000-0000-0000-000000000000";

/**
 * Stores a batch: history, what is set aside and live positions. One statement, so one transaction and one journey; the
 * function takes the role that may append fixes of every agency and nothing else.
 * @param fixes - no two of them the same (vehicle, time, place)
 */
export async function storeFixes(
  sql: IngestSql,
  fixes: readonly StoredFix[],
  aside: readonly QuarantinedFix[],
): Promise<StoredBatch> {
  const { firsts, sources } = runsOf(fixes);
  const sender = <K extends keyof StoredFix>(key: K) => firsts.map((fix) => fix[key]);
  const turns = newestOfDevices(fixes);
  const [row] = await sql<{ repeated: number[] | null; moved: number[] | null }[]>`
    select repeated, moved from store_batch(
      ${uuidArray(sender("agencyId"))}::uuid[], ${uuidArray(sender("vehicleId"))}::uuid[],
      ${uuidArray(sender("deviceId"))}::uuid[], ${uuidArray(firsts.map(({ shiftId }) => shiftId ?? NOBODY))}::uuid[],
      ${booleanArray(firsts.map((fix) => fix.source === "device"))}::boolean[],
      ${momentArray(sender("receivedAt"))}::float8[], ${numberArray(sources)}::int[],
      ${numberArray(fixes.map((fix) => fix.receivedAt.getTime() - fix.takenAt.getTime()))}::float8[],
      ${numberArray(fixes.map((fix) => e7(fix.lat)))}::int[], ${numberArray(fixes.map((fix) => e7(fix.lon)))}::int[],
      ${readings(fixes, "accuracyM")}::real[], ${readings(fixes, "speedMps")}::real[],
      ${readings(fixes, "headingDeg")}::real[], ${readings(fixes, "altitudeM")}::real[],
      ${readings(fixes, "batteryPct")}::real[], ${charges(fixes)}::boolean[],
      ${numberArray(turns.map(({ place }) => place + 1))}::int[], ${numberArray(turns.map(({ turn }) => turn))}::int[],
      ${aside.length === 0 ? null : JSON.stringify(aside)}::text::jsonb)`;
  const places = (ords: number[] | null | undefined) => (ords ?? []).map((ord) => ord - 1);
  return { repeated: places(row?.repeated), moved: places(row?.moved) };
}

/** The fixes of one request follow each other: what they have in common is said once. `sources` counts from 1. */
function runsOf(fixes: readonly StoredFix[]): { firsts: StoredFix[]; sources: number[] } {
  const firsts: StoredFix[] = [];
  const sources = fixes.map((fix) => {
    const last = firsts.at(-1);
    const isSame =
      last?.receivedAt === fix.receivedAt &&
      last.deviceId === fix.deviceId &&
      last.vehicleId === fix.vehicleId &&
      last.shiftId === fix.shiftId &&
      last.source === fix.source;
    return isSame ? firsts.length : firsts.push(fix);
  });
  return { firsts, sources };
}

type Reading = "accuracyM" | "speedMps" | "headingDeg" | "altitudeM" | "batteryPct";

/** A column of readings, or null when no fix has one. */
const readings = (fixes: readonly StoredFix[], key: Reading): string | null =>
  fixes.some((fix) => fix[key] !== null) ? numberArray(fixes.map((fix) => fix[key])) : null;

const charges = (fixes: readonly StoredFix[]): string | null =>
  fixes.some((fix) => fix.charging !== null) ? booleanArray(fixes.map((fix) => fix.charging)) : null;
