import { isRealtimeError, type RealtimeError } from "@/server/integrations/pusher/answer";

type Event = { channel: string; name: string; payload: Record<string, unknown> };
/** Hands events to the realtime server. @throws when it did not take them */
export type SendEvents = (events: { channel: string; name: string; data: Record<string, unknown> }[]) => Promise<void>;

/** What became of events; those in neither list were not tried to the end: the server is away, and they wait. */
export type Delivery<E> = { sent: E[]; refused: { event: E; failure: string }[]; outage: unknown };

/** So many single events refused and none taken: it is the server, not the events. */
const HOPELESS = 3;
/** Answers about us or about the moment, not about an event: wrong secret, unknown app, too slow, too many. */
const NOT_THE_EVENT = new Set([401, 403, 404, 408, 429, 502, 503, 504]);

/**
 * Sends events in order. When the server refuses some, halves are tried until each refused one stands alone, so that one
 * bad event keeps no other back. Some are sent twice then: a push is a hint, and hearing it again changes nothing.
 */
export async function deliverEvents<E extends Event>(send: SendEvents, events: readonly E[]): Promise<Delivery<E>> {
  const delivery: Delivery<E> = { sent: [], refused: [], outage: undefined };
  await deliverHalf(send, events, delivery);
  const isHopeless = delivery.sent.length === 0 && delivery.refused.length >= HOPELESS;
  return isHopeless
    ? { ...delivery, refused: [], outage: delivery.outage ?? new Error("every event is refused") }
    : delivery;
}

async function deliverHalf<E extends Event>(send: SendEvents, events: readonly E[], into: Delivery<E>): Promise<void> {
  if (events.length === 0 || into.outage) return;
  try {
    await send(events.map(({ channel, name, payload }) => ({ channel, name, data: payload })));
    into.sent.push(...events);
  } catch (error) {
    const [event] = events;
    if (!isAboutEvent(error)) into.outage = error;
    else if (events.length === 1 && event) into.refused.push({ event, failure: failureOf(error) });
    else await deliverHalves(send, events, into, error);
  }
}

async function deliverHalves<E extends Event>(
  send: SendEvents,
  events: readonly E[],
  into: Delivery<E>,
  error: unknown,
): Promise<void> {
  const middle = Math.ceil(events.length / 2);
  await deliverHalf(send, events.slice(0, middle), into);
  if (into.sent.length === 0 && into.refused.length >= HOPELESS) into.outage = error;
  await deliverHalf(send, events.slice(middle), into);
}

const isAboutEvent = (error: unknown): error is RealtimeError =>
  isRealtimeError(error) && error.status !== undefined && !NOT_THE_EVENT.has(error.status);

/** The status only: a message may quote what was sent. */
const failureOf = ({ status }: RealtimeError) => `refused with ${status ?? "no status"}`;
