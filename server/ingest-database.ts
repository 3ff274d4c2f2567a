import "server-only";
import { type IngestSql, openIngest } from "@/db/ingest-client";
import { env } from "@/server/env";
import { singleton } from "@/server/singleton";

/** Of the GPS path for what is looked up and noted: it waits for no screen's query. */
const CONNECTIONS = 2;

/** The GPS path's own connections of this process, as the app role. */
export const ingestDatabase = (): IngestSql =>
  singleton("ingest-database", () =>
    openIngest(env().DATABASE_URL, { max: CONNECTIONS, prepare: env().DATABASE_PREPARE }),
  );

/**
 * Connections for batches alone, as the app role: the driver sends a statement down a busy connection when none is idle,
 * and a batch would wait there for a long look-up before it.
 */
export const ingestWriteDatabase = (max: number): IngestSql =>
  singleton("ingest-write-database", () => openIngest(env().DATABASE_URL, { max, prepare: env().DATABASE_PREPARE }));

/** A connection that bypasses a pooler, for LISTEN. */
export const listenDatabase = (): IngestSql =>
  singleton("listen-database", () =>
    openIngest(env().DATABASE_DIRECT_URL ?? env().DATABASE_URL, { max: 1, prepare: env().DATABASE_PREPARE }),
  );

/** Connections for the upkeep of the history: one holds the lock, the others read. Nothing here is given up early. */
export const archiveDatabase = (): IngestSql =>
  singleton("archive-database", () =>
    openIngest(env().DATABASE_DIRECT_URL ?? env().DATABASE_URL, {
      max: 3,
      prepare: env().DATABASE_PREPARE,
      timeoutMs: 0,
    }),
  );
