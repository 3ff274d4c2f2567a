import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Cleanup } from "@/scripts/lib/cleanup.mjs";
import { ROOT } from "@/scripts/lib/pg-home.mjs";
import { freePort, waitUntil } from "@/scripts/lib/ports.mjs";
import { run } from "@/scripts/lib/proc.mjs";

const shared = process.env.RUNBOARD_SHARED ?? path.resolve(ROOT, "../shared");

/** A file of the folder beside the checkout that holds what we are measured against; `null` where it is missing. */
export function sharedFile(name: string): string | null {
  const file = path.join(shared, name);
  return existsSync(file) ? file : null;
}

export type Peer = { url: string; pid: number };

/**
 * Starts the plain design (Express and Socket.IO, two statements and one emit a fix) over a database of its own. Its
 * packages are installed into a temporary folder, never into the project.
 * @param database - URL of a role that may make tables
 * @returns `null` where its folder is missing
 */
export async function startPeer(cleanup: Cleanup, database: string): Promise<Peer | null> {
  const source = sharedFile("peer");
  if (!source) return null;
  const dir = mkdtempSync(path.join(tmpdir(), "runboard-bench-peer-"));
  cleanup.add("peer's folder", () => Promise.resolve(rmSync(dir, { recursive: true, force: true })));
  for (const name of ["server.mjs", "package.json"]) cpSync(path.join(source, name), path.join(dir, name));
  await run("npm", ["install", "--silent", "--no-audit", "--no-fund"], { cwd: dir });
  const port = await freePort();
  const env: NodeJS.ProcessEnv = {
    PATH: process.env.PATH,
    NODE_ENV: "production",
    DATABASE_URL: database,
    PORT: String(port),
  };
  const child = spawn(process.execPath, ["server.mjs"], { cwd: dir, env, stdio: ["ignore", "ignore", "inherit"] });
  cleanup.add("peer", () => end(child));
  // It has no page to ask for: any answer will do.
  const url = `http://127.0.0.1:${port}`;
  await waitUntil(() => answersAtAll(url), {
    timeoutMs: 20_000,
    what: "the peer did not answer",
  });
  return { url: `${url}/positions`, pid: child.pid ?? 0 };
}

const answersAtAll = (url: string) =>
  fetch(url, { signal: AbortSignal.timeout(2_000) }).then(
    () => true,
    () => false,
  );

const end = (child: ChildProcess) =>
  new Promise<void>((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once("exit", () => resolve());
    child.kill();
  });
