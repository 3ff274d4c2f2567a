#!/usr/bin/env node
// Writes rows like those of the history by COPY, made on the way as a load client makes its fixes, and prints one line of
// JSON: rows a second. What a database takes that is given its rows as it likes them.
//   node copy-load.mjs --url postgres://… --source FILE --rows N --rows-a-commit 5000 --connections 2
// --source: lines of (agency, vehicle, device), tab-separated. Rows are dated tomorrow, so that none is there already.
import fs from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";
import postgres from "postgres";

const text = /** @type {const} */ ({ type: "string" });
const { values } = parseArgs({
  options: { url: text, source: text, rows: text, "rows-a-commit": text, connections: text },
});
const rows = Number(values.rows);
const rowsACommit = Number(values["rows-a-commit"]);
const sources = fs
  .readFileSync(values.source ?? "", "utf8")
  .trim()
  .split("\n");
const connections = Number(values.connections);
const sql = postgres(values.url ?? "", { max: connections });
const tomorrowMs = Date.now() + 86_400_000;
let sequence = 0;

/**
 * The rows of one commit, a hundred of each device as a batch brings them.
 * @param {number} first
 */
function* linesFrom(first) {
  for (let at = first; at < Math.min(first + rowsACommit, rows); at += 100) {
    const i = at / 100;
    const lines = [];
    for (let k = 0; k < 100; k++) {
      const takenAt = new Date(tomorrowMs - (99 - k) * 1000 + Math.floor(i / sources.length) * 100_000).toISOString();
      const [lat, lon] = [392_000_000 + (i % 1000) * 1000, -767_000_000 + ((i * 7) % 1000) * 1000];
      const [agency, vehicle, device] = sources[i % sources.length]?.split("\t") ?? [];
      lines.push(
        `${agency}\t${vehicle}\t${takenAt}\t${takenAt}\t${lat}\t${lon}\t6\t11.5\t${(i * 13) % 360}\t${device}\n`,
      );
    }
    yield lines.join("");
  }
}

async function write() {
  while (sequence < rows) {
    const first = sequence;
    sequence += rowsACommit;
    const target = await sql`copy position_history (agency_id, vehicle_id, taken_at, received_at, lat_e7, lon_e7,
      accuracy_m, speed_mps, heading_deg, device_id) from stdin`.writable();
    await pipeline(Readable.from(linesFrom(first)), target);
  }
}

await sql`select 1`;
const startedAt = performance.now();
await Promise.all(Array.from({ length: connections }, write));
const seconds = (performance.now() - startedAt) / 1000;
await sql.end();
console.log(JSON.stringify({ rowsPerS: Math.round(rows / seconds) }));
