import path from "node:path";
import { pathToFileURL } from "node:url";
import { bundleBenchmark } from "../../lib/build.mjs";
import { ROOT } from "../../lib/pg-home.mjs";

// `npm run bench:query`: main.ts, built as production is.
const file = path.join(ROOT, ".build/bench/query.mjs");
await bundleBenchmark(ROOT, "scripts/bench/query/main.ts", file);
await import(pathToFileURL(file).href);
