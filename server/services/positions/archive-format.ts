import "server-only";
import { gunzipSync, gzipSync } from "node:zlib";
import { z } from "zod";
import type { HistoryRow } from "@/db/queries/history";

const maybe = z.number().nullable();
/** A line of the archive, in the order of `HistoryRow`; times in epoch milliseconds. */
const Line = z.tuple([
  z.number(),
  z.number(),
  z.number(),
  z.number(),
  maybe,
  maybe,
  maybe,
  maybe,
  maybe,
  z.boolean().nullable(),
  z.string(),
  z.string().nullable(),
]);

/**
 * What an agency's day holds: for each vehicle the file and the bytes of its rows. A file is a row of gzip members, one
 * per vehicle, so that one vehicle is read without the others and the whole still unpacks with any gunzip.
 */
export const ArchiveIndex = z.object({
  version: z.literal(1),
  day: z.iso.date(),
  rows: z.number(),
  files: z.array(z.string()),
  vehicles: z.record(
    z.string(),
    z.object({ file: z.number(), offset: z.number(), length: z.number(), rows: z.number() }),
  ),
});
export type ArchiveIndex = z.infer<typeof ArchiveIndex>;

export const indexKey = (day: string, agencyId: string) => `positions/${day}/${agencyId}.index.json`;
export const fileKey = (day: string, agencyId: string, file: number) =>
  `positions/${day}/${agencyId}.${file}.ndjson.gz`;

/** One vehicle's rows of a day as a gzip member. */
export function packRows(rows: readonly HistoryRow[]): Buffer {
  const lines = rows.map((row) =>
    JSON.stringify([
      row.takenAtMs,
      row.receivedAtMs,
      row.latE7,
      row.lonE7,
      row.accuracyM,
      row.speedMps,
      row.headingDeg,
      row.altitudeM,
      row.batteryPct,
      row.charging,
      row.deviceId,
      row.shiftId,
    ]),
  );
  return gzipSync(lines.map((line) => `${line}\n`).join(""));
}

/** @throws when a member is damaged or holds something else */
export function unpackRows(packed: Buffer): HistoryRow[] {
  const lines = gunzipSync(packed).toString("utf8").split("\n");
  return lines.filter(Boolean).map((line) => {
    const [
      takenAtMs,
      receivedAtMs,
      latE7,
      lonE7,
      accuracyM,
      speedMps,
      headingDeg,
      altitudeM,
      batteryPct,
      charging,
      deviceId,
      shiftId,
    ] = Line.parse(JSON.parse(line));
    return {
      takenAtMs,
      receivedAtMs,
      latE7,
      lonE7,
      accuracyM,
      speedMps,
      headingDeg,
      altitudeM,
      batteryPct,
      charging,
      deviceId,
      shiftId,
    };
  });
}
