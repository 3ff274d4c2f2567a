import "server-only";
import { describeError, log } from "@/server/log";
import { singleton } from "@/server/singleton";

type EndConnections = (userId: string) => Promise<void>;
const port = () => singleton<{ end: EndConnections | null }>("end-connections-port", () => ({ end: null }));

/** Says how this process reaches the realtime server; set at start. */
export const setEndConnectionsPort = (end: EndConnections | null): void => {
  port().end = end;
};

/**
 * Ends a person's realtime connections, after the commit that took their access. A realtime server that can't be
 * reached does not undo that: its connections find out when they next ask for a channel.
 */
export async function endConnections(userId: string): Promise<void> {
  try {
    await port().end?.(userId);
  } catch (error) {
    log().warn(describeError(error), "realtime connections were not ended");
  }
}
