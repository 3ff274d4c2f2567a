import "server-only";
import type { Db } from "@/db/client";
import { inAgency } from "@/db/client";
import { markRefused, markSent, type OutboxRow } from "@/db/queries/outbox";
import { describeError, log } from "@/server/log";
import { metrics } from "@/server/metrics";
import { singleton } from "@/server/singleton";
import { type Delivery, deliverEvents, type SendEvents } from "./deliver-events";

export type { SendEvents } from "./deliver-events";

/** An event that the server has refused so often, while it took others or said why, is given up. */
export const MAX_REFUSALS = 5;

/** The way out of this process; set at start. Without one, rows wait in the outbox. */
const port = () => singleton<{ send: SendEvents | null }>("realtime-port", () => ({ send: null }));

export const setRealtimePort = (send: SendEvents | null): void => {
  port().send = send;
};

/**
 * Sends rows that are committed, then keeps what became of them. A push is a hint: a failure is counted and left to the
 * outbox job, never shown to the caller whose change is already stored.
 * @returns how many were sent
 */
export async function publishOutbox(db: Db, agencyId: string, rows: OutboxRow[]): Promise<number> {
  const { send } = port();
  if (!send || rows.length === 0) return 0;
  const delivery = await deliverEvents(send, rows);
  try {
    await keep(db, agencyId, delivery);
  } catch (error) {
    log().warn(describeError(error), "what became of events is not stored; they are sent again");
  }
  count(rows.length, delivery);
  return delivery.sent.length;
}

const keep = (db: Db, agencyId: string, { sent, refused }: Delivery<OutboxRow>): Promise<void> =>
  inAgency(db, { agencyId }, async (tx) => {
    const at = new Date();
    const idsOf = (all: OutboxRow[]) => all.map(({ id }) => id);
    if (sent.length > 0) await markSent(tx, agencyId, idsOf(sent), at);
    for (const { event, failure } of refused) {
      const givenUp = await markRefused(tx, agencyId, event.id, { failure, at, maxRefusals: MAX_REFUSALS });
      if (!givenUp) continue;
      metrics().outboxPublished.inc({ result: "given_up" });
      log().error({ event: event.name, failure }, "an event is given up");
    }
  });

function count(all: number, { sent, refused, outage }: Delivery<OutboxRow>): void {
  const published = metrics().outboxPublished;
  published.inc({ result: "sent" }, sent.length);
  published.inc({ result: "refused" }, refused.length);
  if (!outage) return;
  published.inc({ result: "failed" }, all - sent.length - refused.length);
  log().warn(describeError(outage), "events wait in the outbox");
}
