import type { Server } from "node:http";
import { Server as NetServer } from "node:net";
import { setImmediate as turn, setTimeout as wait } from "node:timers/promises";
import { lifecycle } from "@/server/lifecycle";

/** Answers that take longer than this are cut off, so that what is to be stored can still be stored. */
const ANSWERS_WITHIN_MS = 6_000;
const LOOK_EVERY_MS = 50;
/** After the last new connection: time for a request that is on its way on an open one. */
const LAST_REQUESTS_MS = 300;

/** A realtime connection that can be told to come back at once. */
export type Dismissible = { sendAway: () => void };

/**
 * Leaves without failing a request: says "not ready" and goes on serving until load balancers have noticed (each answer
 * ends its connection), then takes no new connection, waits for the answers under way, and sends realtime clients away with 4200 (come back at once).
 * @param graceMs - how long load balancers may take to notice
 */
export async function drain(server: Server, realtime: Iterable<Dismissible>, graceMs: number): Promise<void> {
  lifecycle().isDraining = true;
  await wait(graceMs);
  // Right after the event loop has accepted what was waiting, so that nobody is left in the queue. Not `server.close` of
  // HTTP, which hangs up on connections whose next request is on its way.
  await turn();
  let isClosed = false;
  const closed = new Promise<void>((resolve) => NetServer.prototype.close.call(server, () => resolve())).then(() => {
    isClosed = true;
  });
  for (const socket of realtime) socket.sendAway();
  if (graceMs > 0) await wait(LAST_REQUESTS_MS);
  for (const deadline = Date.now() + ANSWERS_WITHIN_MS; !isClosed && Date.now() < deadline; await wait(LOOK_EVERY_MS))
    server.closeIdleConnections();
  server.closeAllConnections();
  await closed;
}
