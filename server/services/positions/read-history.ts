import "server-only";
import { compareFixes, type HistoryRange, type HistoryRow, hotDays, hotHistory } from "@/db/queries/history";
import { addDays, type Day, dayOf } from "@/db/queries/partitions";
import { vehicleById } from "@/db/queries/vehicles";
import type { Ctx } from "@/server/context";
import { notFound, ruleBroken } from "@/server/errors";
import type { ArchiveStore } from "@/server/integrations/archive/archive-store";
import { write } from "@/server/services/unit-of-work";
import { ArchiveIndex, indexKey, unpackRows } from "./archive-format";

const MAX_DAYS = 92;
const DAY_MS = 86_400_000;

/**
 * A vehicle's stored fixes, ascending by time then place; `from` inclusive, `to` exclusive. Days that are no longer in
 * the database come from the archive. Reading is audited.
 * @throws AppError not_found, rule_broken (an empty or a too long range)
 */
export async function readHistory(
  ctx: Ctx,
  store: ArchiveStore,
  vehicleId: string,
  range: HistoryRange,
): Promise<HistoryRow[]> {
  if (range.from >= range.to) throw ruleBroken("to", "before_from", "to must come after from");
  if (range.to.getTime() - range.from.getTime() > MAX_DAYS * DAY_MS) {
    throw ruleBroken("to", "too_long", `at most ${MAX_DAYS} days at a time`);
  }
  const { agencyId } = ctx.actor;
  const hot = await write(ctx, async (tx, uow) => {
    const [vehicle, before] = await Promise.all([vehicleById(tx, agencyId, vehicleId), hotDays(tx)]);
    if (!vehicle) throw notFound("vehicle");
    uow.audit({ action: "position.read", entity: "vehicle", entityId: vehicleId });
    const rows = await hotHistory(tx, agencyId, vehicleId, range);
    const after = await hotDays(tx);
    // A day that was archived meanwhile is read from there, as a whole.
    return { rows, days: new Set([...before].filter((day) => after.has(day))) };
  });
  const days = daysOf(range).filter((day) => !hot.days.has(day) && day <= dayOf(ctx.now));
  const archived: HistoryRow[] = [];
  for (const day of days) {
    if (archived.length >= range.limit) break;
    const rows = await archivedDay(store, { agencyId, vehicleId, day });
    archived.push(...rows.filter((row) => isWithin(row, range)));
  }
  const kept = hot.rows.filter(isOfDays(hot.days));
  if (archived.length === 0) return kept;
  return [...archived, ...kept].sort(compareFixes).slice(0, range.limit);
}

function daysOf({ from, to, after }: HistoryRange): Day[] {
  const days: Day[] = [];
  const last = new Date(to.getTime() - 1);
  for (let day = dayOf(after ? new Date(after.takenAtMs) : from); day <= dayOf(last); day = addDays(day, 1))
    days.push(day);
  return days;
}

async function archivedDay(
  store: ArchiveStore,
  { agencyId, vehicleId, day }: { agencyId: string; vehicleId: string; day: Day },
): Promise<HistoryRow[]> {
  const packed = await store.get(indexKey(day, agencyId));
  if (!packed) return [];
  const index = ArchiveIndex.parse(JSON.parse(packed.toString("utf8")));
  const place = index.vehicles[vehicleId];
  const file = place && index.files[place.file];
  if (!place || !file) return [];
  const member = await store.get(file, place);
  if (!member) throw new Error(`the archive of ${day} misses a file`);
  return unpackRows(member);
}

/** Asks once per day, not once per fix. */
function isOfDays(days: ReadonlySet<Day>): (row: HistoryRow) => boolean {
  const known = new Map<number, boolean>();
  return ({ takenAtMs }) => {
    const day = Math.floor(takenAtMs / DAY_MS);
    const is = known.get(day) ?? days.has(dayOf(new Date(takenAtMs)));
    known.set(day, is);
    return is;
  };
}

const isWithin = (row: HistoryRow, { from, to, after }: HistoryRange) =>
  row.takenAtMs >= from.getTime() && row.takenAtMs < to.getTime() && (!after || compareFixes(row, after) > 0);
