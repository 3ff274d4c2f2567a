import "server-only";
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
    return true;
  });
}
