import "server-only";
import { z } from "zod";
import type { HistoryRow } from "@/db/queries/history";
import type { Ctx } from "@/server/context";
import { fixFields } from "@/server/domain/fleet/fix-fields";
import { isoTimes } from "@/server/domain/gps/iso-times";
import { ruleBroken } from "@/server/errors";
import { archiveStore } from "@/server/integrations/archive/archive-store";
import { type Page, PageInput, pageOf, parseCursor } from "@/server/services/page";
import { readHistory } from "./read-history";

const DAY_MS = 86_400_000;
/** A phone's clock may run ahead by so much. */
const AHEAD_MS = 600_000;
/** As many fixes as one file may hold: a day at one a second. */
const MAX_IN_FILE = 100_000;

/** A "+" that was not percent-encoded arrives as a blank. */
const moment = z
  .string()
  .transform((text) => text.replace(" ", "+"))
  .pipe(z.iso.datetime({ offset: true }))
  .transform((text) => new Date(text));

export const PositionsQuery = PageInput.extend({
  from: moment.optional(),
  to: moment.optional(),
  format: z.enum(["json", "geojson", "gpx"]).default("json"),
});
export type PositionsQuery = z.output<typeof PositionsQuery>;

export const StoredPosition = z
  .object({
    ...fixFields,
    deviceId: z.uuid(),
    shiftId: z.uuid().nullable(),
  })
  .meta({ id: "StoredPosition" });
export type StoredPosition = z.infer<typeof StoredPosition>;

/** Shows the fixes of one list, which come in order. */
function showing(): (row: HistoryRow) => StoredPosition {
  const [taken, received] = [isoTimes(), isoTimes()];
  return (row) => ({
    takenAt: taken(row.takenAtMs),
    receivedAt: received(row.receivedAtMs),
    lat: row.latE7 / 1e7,
    lon: row.lonE7 / 1e7,
    accuracyM: row.accuracyM,
    speedMps: row.speedMps,
    headingDeg: row.headingDeg,
    altitudeM: row.altitudeM,
    batteryPct: row.batteryPct,
    charging: row.charging,
    deviceId: row.deviceId,
    shiftId: row.shiftId,
  });
}

/** The last day unless the query says otherwise. */
function rangeOf({ from, to }: Pick<PositionsQuery, "from" | "to">, now: Date) {
  const until = to ?? new Date(Math.max(now.getTime(), from?.getTime() ?? 0) + AHEAD_MS);
  return { from: from ?? new Date(until.getTime() - DAY_MS), to: until };
}

const Key = z.tuple([z.iso.datetime(), z.coerce.number().int(), z.coerce.number().int()]);
const keyOf = ({ takenAtMs, latE7, lonE7 }: HistoryRow) => [
  new Date(takenAtMs).toISOString(),
  String(latE7),
  String(lonE7),
];

/** A page of a vehicle's stored fixes, ascending. */
export async function listPositions(ctx: Ctx, vehicleId: string, query: PositionsQuery): Promise<Page<StoredPosition>> {
  const key = parseCursor(query.cursor, Key);
  const after = key && { takenAtMs: Date.parse(key[0]), latE7: key[1], lonE7: key[2] };
  const range = { ...rangeOf(query, ctx.now), after, limit: query.limit + 1 };
  const rows = await readHistory(ctx, archiveStore(), vehicleId, range);
  return pageOf(rows, query.limit, { keyOf, show: showing() });
}

/**
 * All of a vehicle's stored fixes in a range, for a file.
 * @throws AppError rule_broken when they are too many for one
 */
export async function allPositions(
  ctx: Ctx,
  vehicleId: string,
  query: Pick<PositionsQuery, "from" | "to">,
): Promise<StoredPosition[]> {
  const range = { ...rangeOf(query, ctx.now), limit: MAX_IN_FILE + 1, all: true };
  const rows = await readHistory(ctx, archiveStore(), vehicleId, range);
  if (rows.length > MAX_IN_FILE) throw ruleBroken("to", "too_many", `at most ${MAX_IN_FILE} fixes in one file`);
  return rows.map(showing());
}
