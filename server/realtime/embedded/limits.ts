/** What one embedded server allows. Bytes, seconds, milliseconds and counts as the names say. */
export type Limits = {
  /** Data of one event; Pusher's own figure. */
  eventDataBytes: number;
  eventsPerBatch: number;
  channelsPerPublish: number;
  requestBodyBytes: number;
  /** One frame from a client; a larger one closes the connection (1009). */
  inboundFrameBytes: number;
  /** Bytes waiting for one slow reader before it is cut off: it reconnects and refetches, so no gap stays silent. */
  unreadBytes: number;
  connections: number;
  connectionsPerAddress: number;
  /** Loopback is this machine: load checks and a proxy that hides its clients. */
  loopbackIsLimited: boolean;
  channelsPerConnection: number;
  messagesPerS: number;
  messageBurst: number;
  clientEventsPerS: number;
  presenceMembers: number;
  presenceMemberBytes: number;
  activityTimeoutS: number;
  pongTimeoutS: number;
  sweepEveryMs: number;
  /** How long a closed socket is remembered, so that a lease on it can be told from one on a socket never seen. */
  closedMemoryS: number;
  cacheTtlS: number;
  /** `subscription_count` goes out once per this delay; unthrottled it is quadratic while many join. */
  countDelayMs: number;
  countDelayLargeMs: number;
  /** How long a shutdown waits for clients to answer the close frame. */
  closeWaitMs: number;
};

/** @see https://pusher.com/docs/channels/library_auth_reference/rest-api/ for the figures that are Pusher's. */
export const DEFAULT_LIMITS: Limits = {
  eventDataBytes: 10_240,
  eventsPerBatch: 10,
  channelsPerPublish: 100,
  requestBodyBytes: 256 * 1024,
  inboundFrameBytes: 16 * 1024,
  unreadBytes: 2 * 1024 * 1024,
  connections: 20_000,
  connectionsPerAddress: 300,
  loopbackIsLimited: false,
  channelsPerConnection: 500,
  messagesPerS: 50,
  messageBurst: 600,
  clientEventsPerS: 10,
  presenceMembers: 100,
  presenceMemberBytes: 1024,
  activityTimeoutS: 120,
  pongTimeoutS: 30,
  sweepEveryMs: 10_000,
  closedMemoryS: 300,
  cacheTtlS: 1800,
  countDelayMs: 100,
  countDelayLargeMs: 5000,
  closeWaitMs: 2000,
};
