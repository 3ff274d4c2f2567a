import type { IngestSql } from "@/db/ingest-client";
import type { Fix } from "@/server/domain/gps/fix";
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
  const column = <K extends keyof StoredFix>(key: K) => fixes.map((fix) => fix[key]);
  const [row] = await sql<{ repeated: number[] | null; moved: number[] | null }[]>`
    select repeated, moved from store_fixes(
      ${uuidArray(column("agencyId"))}::uuid[], ${uuidArray(column("vehicleId"))}::uuid[],
      ${uuidArray(column("deviceId"))}::uuid[], ${uuidArray(column("shiftId"))}::uuid[],
      ${booleanArray(fixes.map((fix) => fix.source === "device"))}::boolean[],
      ${momentArray(column("takenAt"))}::float8[], ${momentArray(column("receivedAt"))}::float8[],
      ${numberArray(fixes.map((fix) => e7(fix.lat)))}::int[], ${numberArray(fixes.map((fix) => e7(fix.lon)))}::int[],
      ${numberArray(column("accuracyM"))}::real[], ${numberArray(column("speedMps"))}::real[],
      ${numberArray(column("headingDeg"))}::real[], ${numberArray(column("altitudeM"))}::real[],
      ${numberArray(column("batteryPct"))}::real[], ${booleanArray(column("charging"))}::boolean[],
      ${aside.length === 0 ? null : JSON.stringify(aside)}::text::jsonb)`;
  const places = (ords: number[] | null | undefined) => (ords ?? []).map((ord) => ord - 1);
  return { repeated: places(row?.repeated), moved: places(row?.moved) };
}
