import "server-only";
import type { Db } from "@/db/client";
import { inAgency } from "@/db/client";
import { markSent, type OutboxRow } from "@/db/queries/outbox";
import { describeError, log } from "@/server/log";
import { metrics } from "@/server/metrics";
import { singleton } from "@/server/singleton";

/** Hands events to the realtime server. @throws when it did not take them */
export type SendEvents = (events: { channel: string; name: string; data: Record<string, unknown> }[]) => Promise<void>;

/** The way out of this process; set at start. Without one, rows wait in the outbox. */
const port = () => singleton<{ send: SendEvents | null }>("realtime-port", () => ({ send: null }));

export const setRealtimePort = (send: SendEvents | null): void => {
  port().send = send;
};

/**
 * Sends rows that are committed, then marks them sent. A push is a hint: a failure is counted and left to the outbox
 * job, never shown to the caller whose change is already stored.
 */
export async function publishOutbox(db: Db, agencyId: string, rows: OutboxRow[]): Promise<boolean> {
  const { send } = port();
  if (!send || rows.length === 0) return false;
  try {
    await send(rows.map(({ channel, name, payload }) => ({ channel, name, data: payload })));
    await inAgency(db, { agencyId }, (tx) =>
      markSent(
        tx,
        agencyId,
        rows.map((row) => row.id),
        new Date(),
      ),
    );
    metrics().outboxPublished.inc({ result: "sent" }, rows.length);
    return true;
  } catch (error) {
    metrics().outboxPublished.inc({ result: "failed" }, rows.length);
    log().warn(describeError(error), "events wait in the outbox");
    return false;
  }
}
