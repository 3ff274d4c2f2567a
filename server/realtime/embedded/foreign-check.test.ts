import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { CHECK_APP, startServer } from "./testing";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const tool = `${process.env["RUNBOARD_SHARED"] ?? `${root}../shared`}/tools/pusher-load.mjs`;
const isThere = existsSync(tool);

test.skipIf(!isThere)(
  isThere
    ? "the checker for any Pusher server finds every required behaviour"
    : `skipped: the checker for any Pusher server is not at ${tool}`,
  { timeout: 90_000 },
  async () => {
    const { port, stop, bugs } = await startServer();
    try {
      const { id, key, secret } = CHECK_APP;
      const args = [tool, "check", "--port", String(port), "--app-id", id, "--key", key, "--secret", secret];
      const env = { ...process.env, PUSHER_LOAD_MODULES: root };
      const { stdout } = await promisify(execFile)(process.execPath, args, { env, cwd: root });
      expect(stdout).toContain("all required checks passed");
      expect(stdout).not.toMatch(/^(FAIL|info) /m);
      expect(bugs).toEqual([]);
    } finally {
      await stop();
    }
  },
);
