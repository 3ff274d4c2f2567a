import "server-only";
import { gunzipSync } from "node:zlib";
import { asIngest, type IngestSql } from "@/db/ingest-client";
import { rowsOfDay, vehiclesOfDay } from "@/db/queries/history";
import type { Day } from "@/db/queries/partitions";
import { groupBy } from "@/server/domain/group-by";
import type { ArchiveStore } from "@/server/integrations/archive/archive-store";
import { ArchiveIndex, fileKey, indexKey, packRows } from "./archive-format";

/** A file is closed once it is this big, so that memory stays bounded however large an agency is. */
const FILE_BYTES = 32_000_000;

type Ports = { sql: IngestSql; store: ArchiveStore };

/**
 * Copies one day of history into the archive and reads it back. Doing it twice overwrites the same files.
 * @returns the rows that the archive holds of that day
 * @throws when something could not be kept, or does not read back as it was
 */
export async function archiveDay(ports: Ports, day: Day): Promise<number> {
  const vehicles = await asIngest(ports.sql, (tx) => vehiclesOfDay(tx, day));
  let rows = 0;
  for (const [agencyId, ofAgency] of groupBy(vehicles, (row) => row.agencyId)) {
    const written = await writeAgency(
      ports,
      day,
      agencyId,
      ofAgency.map((row) => row.vehicleId),
    );
    const readBack = await countArchived(ports.store, day, agencyId);
    if (readBack !== written) throw new Error(`the archive of ${day} reads back ${readBack} of ${written} rows`);
    rows += written;
  }
  return rows;
}

async function writeAgency({ sql, store }: Ports, day: Day, agencyId: string, vehicleIds: string[]): Promise<number> {
  const index: ArchiveIndex = { version: 1, day, rows: 0, files: [], vehicles: {} };
  let members: Buffer[] = [];
  let offset = 0;
  const closeFile = async () => {
    if (members.length === 0) return;
    const key = fileKey(day, agencyId, index.files.length);
    await store.put(key, Buffer.concat(members));
    index.files.push(key);
    [members, offset] = [[], 0];
  };
  for (const vehicleId of vehicleIds) {
    const rows = await asIngest(sql, (tx) => rowsOfDay(tx, day, { agencyId, vehicleId }));
    const member = packRows(rows);
    if (offset + member.length > FILE_BYTES) await closeFile();
    index.vehicles[vehicleId] = { file: index.files.length, offset, length: member.length, rows: rows.length };
    index.rows += rows.length;
    members.push(member);
    offset += member.length;
  }
  await closeFile();
  // The index comes last: without it the day is not archived.
  await store.put(indexKey(day, agencyId), Buffer.from(JSON.stringify(index)));
  return index.rows;
}

async function countArchived(store: ArchiveStore, day: Day, agencyId: string): Promise<number> {
  const packed = await store.get(indexKey(day, agencyId));
  if (!packed) return 0;
  const { files } = ArchiveIndex.parse(JSON.parse(packed.toString("utf8")));
  let rows = 0;
  for (const key of files) {
    const file = await store.get(key);
    if (file) rows += countLines(gunzipSync(file));
  }
  return rows;
}

function countLines(text: Buffer): number {
  let lines = 0;
  for (let at = text.indexOf(10); at >= 0; at = text.indexOf(10, at + 1)) lines += 1;
  return lines;
}
