import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";

const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, "..");

/** Where a forbidden import is planted, and what is imported. */
const PLANTED: [folder: string, source: string][] = [
  ["server/domain", "postgres"],
  ["server/domain", "node:fs"],
  ["server/domain", "@/server/services/unit-of-work"],
  ["components", "@/db/client"],
  ["components", "@/server/services/unit-of-work"],
  ["components", "@/app/layout"],
  ["app", "drizzle-orm"],
  ["app", "@/db/client"],
  ["server/api", "@/db/schema"],
  ["server/api", "@/components/lib/format"],
  ["server/services", "@/db/schema"],
  ["server/services", "@/server/api/trpc"],
  ["server/services", "next/headers"],
  ["db/queries", "@/server/services/unit-of-work"],
  ["db/queries", "@/components/lib/format"],
  ["server/realtime", "@/app/layout"],
];

type Finding = { code: string; filename: string };
const planted: string[] = [];
let caught: Set<string>;

beforeAll(async () => {
  for (const [folder, source] of PLANTED) {
    const folderPath = await mkdtemp(path.join(root, folder, "planted-"));
    planted.push(folderPath);
    await writeFile(
      path.join(folderPath, "planted.ts"),
      `import * as planted from "${source}";\nexport const use = planted;\n`,
    );
  }
  const linted = run("node_modules/.bin/oxlint", ["--format", "json", ...planted], { cwd: root, maxBuffer: 1 << 24 });
  // A linter that finds something ends with 1.
  const { stdout } = await linted.catch((error: { stdout: string }) => error);
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: Finding[] };
  const fenced = diagnostics.filter(({ code }) => code.includes("no-restricted-imports"));
  caught = new Set(fenced.map(({ filename }) => path.resolve(root, path.dirname(filename))));
}, 30_000);

afterAll(() => Promise.all(planted.map((folder) => rm(folder, { recursive: true }))));

test.each(PLANTED.map(([folder, source], index) => ({ folder, source, index })))(
  "a file in $folder that imports $source is caught",
  ({ index }) => {
    expect(caught).toContain(planted[index]);
  },
);
