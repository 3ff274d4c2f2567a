import "server-only";
import { env } from "@/server/env";
import { readPusherConfig } from "@/server/integrations/pusher/config";
import { createPublisher } from "@/server/integrations/pusher/publisher";
import { setRealtimePort } from "@/server/realtime/publish";
import { singleton } from "@/server/singleton";

/** The publisher of this process. */
export const publisher = () => singleton("publisher", () => createPublisher(readPusherConfig(env())));

/**
 * What every serving process does once before its first request, whichever way it was started.
 * @throws Error with one line when the environment is not complete
 */
export function startProcess(): void {
  singleton("started", () => {
    env();
    setRealtimePort((events) => publisher().publish(events));
    return true;
  });
}
