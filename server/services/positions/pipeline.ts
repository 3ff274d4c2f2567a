import "server-only";
import type { IngestSql } from "@/db/ingest-client";
import * as lookups from "@/db/queries/ingest-lookups";
import { ensurePartitions } from "@/db/queries/partitions";
import type { RawFix } from "@/server/domain/gps/fix";
import type { IngestCounts } from "@/server/domain/gps/formats";
import { describeError, log } from "@/server/log";
import { metrics } from "@/server/metrics";
import { DeviceDirectory } from "./device-directory";
import { DeviceUseLog } from "./device-use";
import { DutyRoster } from "./duty-roster";
import { GroupCommit } from "./group-commit";
import { IngestNews } from "./ingest-news";
import { JumpWatch } from "./jump-watch";
import { type RecordDeps, recordFixes } from "./record-fixes";
import { type MovedListener, type Outcome, type WriteJob, writeBatch } from "./write-batch";

/** Batches on their way at once. */
export const WRITERS = 2;
const MAX_BATCH = 5_000;
const MAX_WAITING = 50_000;
/** A batch costs as much as a dozen fixes: two hundred of them a second at most, and half as many where they take long. */
const GAP_MS = { least: 5, most: 10 };
/** Shifts that ended longer ago cannot own an acceptable fix. */
const DUTY_SINCE_MS = 8 * 86_400_000;

export type Pipeline = {
  devices: DeviceDirectory;
  uses: DeviceUseLog;
  record: (device: lookups.DeviceRow, raws: RawFix[], receivedAt: Date) => Promise<IngestCounts>;
  stop: () => Promise<void>;
};

export type PipelineOptions = {
  /** As the app role: for look-ups. */
  sql: IngestSql;
  /** As the app role: for batches alone, a connection for each that is on its way. */
  writeSql: IngestSql;
  /** Bypasses a pooler. */
  listenSql: IngestSql;
  clock: () => number;
  onMoved: MovedListener;
  onTokenShared: (device: { agencyId: string; id: string }) => Promise<void>;
};

/** The way of a fix from a parsed request to a commit: one per process, see `ingest`. */
export function createPipeline({ sql, writeSql, listenSql, clock, onMoved, onTokenShared }: PipelineOptions): Pipeline {
  const news = new IngestNews(listenSql, clock);
  const uses = new DeviceUseLog((batch) => lookups.noteDeviceUse(sql, batch), onTokenShared);
  const deps: RecordDeps = {
    roster: new DutyRoster((subjects) => lookups.findDuty(sql, subjects, new Date(clock() - DUTY_SINCE_MS)), news),
    jumps: new JumpWatch({
      anchors: (wanted) => lookups.findAnchors(sql, wanted),
      surroundings: (late) => lookups.findSurroundings(sql, late),
    }),
    commits: new GroupCommit<WriteJob, Outcome[]>({
      write: (jobs) => writeBatch({ sql: writeSql, onMoved }, jobs),
      writers: WRITERS,
      maxBatch: MAX_BATCH,
      maxWaiting: MAX_WAITING,
      gapMs: GAP_MS,
      onWaiting: (units) => metrics().ingestQueue.set(units),
    }),
  };
  start(news, sql, clock);
  return {
    devices: new DeviceDirectory((hashes) => lookups.findDevicesByTokenHash(sql, hashes), news),
    uses,
    record: (device, raws, receivedAt) => recordFixes(deps, device, raws, receivedAt),
    stop: async () => {
      await deps.commits.settle();
      await uses.flush();
      await news.stop();
    },
  };
}

/** Listens for news and makes the day partitions; without either, fixes are still taken. */
function start(news: IngestNews, sql: IngestSql, clock: () => number): void {
  news.start().catch((error: unknown) => log().error(describeError(error), "no news from the database: short caching"));
  ensurePartitions(sql, new Date(clock())).catch((error: unknown) =>
    log().error(describeError(error), "day partitions could not be made at start"),
  );
}
