import "server-only";
import { openDb } from "@/db/client";
import { watchDatabase } from "@/server/database-watch";
import { env } from "@/server/env";
import { startRealtime } from "@/server/realtime/start";
import { singleton } from "@/server/singleton";

/**
 * What every serving process does once before its first request, whichever way it was started.
 * @throws Error with one line when the environment is not complete
 */
export function startProcess(): void {
  singleton("started", () => {
    env();
    startRealtime();
    const { DATABASE_URL, DATABASE_PREPARE } = env();
    watchDatabase(() => openDb(DATABASE_URL, { max: 1, prepare: DATABASE_PREPARE, name: "runboard-watch" }));
    return true;
  });
}
