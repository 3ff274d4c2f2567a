/** Pusher's own figures; a larger event or batch is refused as a whole. */
export const MAX_EVENT_BYTES = 10_240;
export const MAX_BATCH_EVENTS = 10;

export type RealtimeEvent = { channel: string; name: string; data: unknown };
export type EncodedEvent = { channel: string; name: string; data: string };

/**
 * Encodes events and cuts them into batches, in order.
 * @returns the batches, and the events that are too large for any server
 */
export function toBatches(events: readonly RealtimeEvent[]): { batches: EncodedEvent[][]; tooLarge: RealtimeEvent[] } {
  const encoded = events.map((event) => ({ ...event, data: JSON.stringify(event.data) }));
  const fits = encoded.filter(({ data }) => Buffer.byteLength(data) <= MAX_EVENT_BYTES);
  const tooLarge = events.filter((_, i) => Buffer.byteLength(encoded[i]?.data ?? "") > MAX_EVENT_BYTES);
  const batches: EncodedEvent[][] = [];
  for (let i = 0; i < fits.length; i += MAX_BATCH_EVENTS) batches.push(fits.slice(i, i + MAX_BATCH_EVENTS));
  return { batches, tooLarge };
}
