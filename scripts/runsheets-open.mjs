import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { loadEnvFile } from "./lib/env-file.mjs";
import { openRunSheets } from "./lib/run-sheets.mjs";

const USAGE = `npm run runsheets:open -- [--dir RUNBOARD_DATA/runsheets] [--agency ID] [--out FOLDER]
  Opens the newest run sheets of each agency for printing. Needs PHI_KEYS (or .env) and the folder; no database, no server.`;

// For the day on which nothing else is left: node alone runs this, without any package.
try {
  loadEnvFile();
  const text = /** @type {const} */ ({ type: "string" });
  const { values } = parseArgs({ options: { dir: text, agency: text, out: text } });
  const dir = values.dir ?? path.join(process.env.RUNBOARD_DATA ?? ".data", "runsheets");
  const out = values.out ?? fs.mkdtempSync(path.join(os.tmpdir(), "runsheets-"));
  const keys = process.env.PHI_KEYS;
  if (!keys) throw new Error("PHI_KEYS is not set: the keys of the installation whose sheets these are");
  const opened = openRunSheets({ dir, out, keys, agency: values.agency });
  for (const { file, title } of opened) console.log(`${title}\t${file}`);
  console.log(`${opened.length} sheets in ${out}. They name riders: print them, then remove the folder.`);
} catch (error) {
  console.error(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
  process.exitCode = 1;
}
