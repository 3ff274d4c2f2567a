import path from "node:path";
import { pathToFileURL } from "node:url";
import { loadEnvFile } from "../lib/env-file.mjs";
import { ROOT } from "../lib/pg-home.mjs";
import { run } from "../lib/proc.mjs";

// `npm run db:migrate`, `db:roles`, `db:backup`, `db:restore`: one of the scripts beside this file, with the variables of `.env`.
const [name = "migrate", ...rest] = process.argv.slice(2);
loadEnvFile();
const tsx = pathToFileURL(path.join(ROOT, "node_modules/tsx/dist/loader.mjs")).href;
const args = ["--conditions=react-server", "--import", tsx, path.join(ROOT, "scripts/db", `${name}.ts`), ...rest];
const { code } = await run(process.execPath, args, { cwd: ROOT, inherit: true, mayFail: true });
process.exitCode = code;
