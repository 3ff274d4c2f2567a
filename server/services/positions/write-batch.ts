import "server-only";
import type { IngestSql } from "@/db/ingest-client";
import { e7, type QuarantinedFix, type StoredFix, storeFixes } from "@/db/queries/ingest";
import { ensurePartitions } from "@/db/queries/partitions";
import { AppError } from "@/server/errors";
import { describeError, log } from "@/server/log";
import { metrics } from "@/server/metrics";

/** One request's part of a batch. */
export type WriteJob = { fixes: StoredFix[]; quarantined: QuarantinedFix[] };
/** What became of each fix of a job, in its order. `unstorable`: the database refused this one alone. */
export type Outcome = "stored" | "duplicate" | "unstorable";

/** A live position that changed. Speeds in m/s, heading in degrees clockwise from north. */
export type MovedPosition = Pick<
  StoredFix,
  "agencyId" | "vehicleId" | "lat" | "lon" | "headingDeg" | "speedMps" | "takenAt"
>;
/** Hears, right after a commit, of the live positions that moved; must neither throw nor block. */
export type MovedListener = (moved: MovedPosition[]) => void;

type Ports = { sql: IngestSql; onMoved: MovedListener };
type FixItem = { fix: StoredFix; outcome: Outcome };
type Item = FixItem | { quarantined: QuarantinedFix };

/**
 * Writes what several requests sent in one transaction: history, quarantine and live positions, durable when it
 * resolves. A row that the database refuses is found by halving, so that its neighbours are stored.
 * @throws AppError unavailable when nothing could be stored
 */
export async function writeBatch(ports: Ports, jobs: WriteJob[]): Promise<Outcome[][]> {
  const known = new Set<string>();
  const items: Item[] = [];
  // `null` for what another one of the batch says already.
  const asked = jobs.map((job) =>
    job.fixes.map((fix): FixItem | null => {
      const key = keyOf(fix);
      if (known.has(key)) return null;
      known.add(key);
      const item: FixItem = { fix, outcome: "stored" };
      items.push(item);
      return item;
    }),
  );
  for (const job of jobs) for (const fix of job.quarantined) items.push({ quarantined: fix });
  await store(ports, items, 0);
  return asked.map((job) => job.map((item) => item?.outcome ?? "duplicate"));
}

const keyOf = (fix: StoredFix) => `${fix.vehicleId} ${fix.takenAt.getTime()} ${e7(fix.lat)} ${e7(fix.lon)}`;

async function store(ports: Ports, items: Item[], attempt: number): Promise<void> {
  if (items.length === 0) return;
  try {
    await commit(ports, items);
  } catch (error) {
    const fault = faultOf(error);
    if (fault === "missing_day" && attempt === 0) {
      await ensureDays(ports.sql, items);
      return store(ports, items, attempt + 1);
    }
    if (fault === "lost_race" && attempt < 3) return store(ports, items, attempt + 1);
    if (fault !== "bad_row" && fault !== "missing_day") {
      log().error(describeError(error), "fixes could not be stored");
      throw new AppError("unavailable", "fixes cannot be stored now", [], 2);
    }
    await isolate(ports, items, error);
  }
}

async function isolate(ports: Ports, items: Item[], error: unknown): Promise<void> {
  if (items.length > 1) {
    const middle = Math.ceil(items.length / 2);
    await store(ports, items.slice(0, middle), 0);
    return store(ports, items.slice(middle), 0);
  }
  const [item] = items;
  if (item && "fix" in item) item.outcome = "unstorable";
  log().error(describeError(error), "a fix was refused by the database");
}

async function commit({ sql, onMoved }: Ports, items: Item[]): Promise<void> {
  const fixItems = items.filter((item) => "fix" in item);
  const quarantined = items.flatMap((item) => ("quarantined" in item ? [item.quarantined] : []));
  metrics().batchSize.observe(items.length);
  const stop = metrics().commitSeconds.startTimer();
  const fixes = fixItems.map((item) => item.fix);
  const { repeated, moved } = await storeFixes(sql, fixes, quarantined);
  stop();
  for (const place of repeated) {
    const item = fixItems[place];
    if (item) item.outcome = "duplicate";
  }
  if (moved.length > 0) onMoved(moved.flatMap((place) => fixes[place] ?? []));
}

function faultOf(error: unknown): "bad_row" | "missing_day" | "lost_race" | "unavailable" {
  const code = error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
  if (code === "23514" && error instanceof Error && error.message.includes("no partition")) return "missing_day";
  if (/^(22|23)/.test(code) || code === "P0001") return "bad_row";
  return code === "40001" || code === "40P01" ? "lost_race" : "unavailable";
}

/** The worker may have been away for longer than the days made ahead. */
async function ensureDays(sql: IngestSql, items: Item[]): Promise<void> {
  const receivedAt = items.flatMap((item) => ("fix" in item ? [item.fix.receivedAt] : []))[0];
  if (!receivedAt) return;
  await ensurePartitions(sql, receivedAt).catch((error: unknown) => {
    log().error(describeError(error), "day partitions could not be made");
    throw new AppError("unavailable", "fixes cannot be stored now", [], 5);
  });
}
