import http from "node:http";
import https from "node:https";
import Pusher from "pusher";
import { z } from "zod";
import { RealtimeError, readAnswer } from "./answer";
import { MAX_EVENT_BYTES, type RealtimeEvent, toBatches } from "./batches";
import type { PusherConfig } from "./config";

export type RealtimePublisher = {
  /**
   * Sends events in order, ten a request.
   * @throws RealtimeError when the server did not take one, also when it says so in the body of a 200; an event over
   * 10 KB does not keep the others back
   */
  publish(events: readonly RealtimeEvent[]): Promise<void>;
  /** Ends all connections of a person. @throws RealtimeError */
  terminateUser(userId: string): Promise<void>;
  /** Signs a private channel for one socket. */
  authorizeChannel(socketId: string, channel: string): { auth: string };
  /** Signs a socket in as a person, so that `terminateUser` reaches it. */
  authenticateUser(socketId: string, userId: string): { auth: string; user_data: string };
  /**
   * Tells the embedded server whose socket this is and asks which of `among` are open and which have closed; a socket
   * that it has never seen is neither. `since` is when it started, epoch milliseconds: sockets of before have closed.
   * @returns null when the server is another one and can't be asked
   * @throws RealtimeError with 409 for another person's socket
   */
  claimSocket(userId: string, socketId: string, among: string[]): Promise<SocketsSeen | null>;
  /** Closes idle keep-alive connections. */
  close(): void;
};

const Claimed = z.object({ open: z.array(z.string()), closed: z.array(z.string()), since: z.number() });
export type SocketsSeen = z.infer<typeof Claimed>;

/** A publisher over the Pusher HTTP API. @param timeoutMs - of one request, answer included */
export function createPublisher(config: PusherConfig, { timeoutMs = 5000 } = {}): RealtimePublisher {
  const agent = new (config.isTls ? https : http).Agent({ keepAlive: true, maxSockets: 16 });
  const { appId, key, secret, host, port, isTls } = config;
  const pusher = new Pusher({ appId, key, secret, host, port: String(port), useTLS: isTls, timeout: timeoutMs, agent });
  const post = (path: string, body: unknown) =>
    // The library's types call the body a string; it takes an object and serialises it itself.
    answered(pusher.post({ path, body: body as string }), timeoutMs);
  return {
    async publish(events) {
      const { batches, tooLarge } = toBatches(events);
      for (const batch of batches) await answered(pusher.triggerBatch(batch), timeoutMs);
      if (tooLarge.length > 0)
        throw new RealtimeError(`${tooLarge.map(({ name }) => name).join(", ")}: over ${MAX_EVENT_BYTES} bytes`, 413);
    },
    async terminateUser(userId) {
      await post(`/users/${encodeURIComponent(userId)}/terminate_connections`, {});
    },
    authorizeChannel: (socketId, channel) => pusher.authorizeChannel(socketId, channel),
    authenticateUser: (socketId, userId) => pusher.authenticateUser(socketId, { id: userId }),
    async claimSocket(userId, socketId, among) {
      if (!config.isEmbedded) return null;
      const answer = await post(`/users/${encodeURIComponent(userId)}/connections`, { socket_id: socketId, among });
      return Claimed.parse(answer);
    },
    close: () => agent.destroy(),
  };
}

/** Waits for an answer and its body. The library's own timeout ends with the head, so the body needs one too. */
async function answered(request: Promise<Pusher.Response>, timeoutMs: number): Promise<Record<string, unknown>> {
  const response = await request.catch((error: unknown) => {
    throw new RealtimeError("the realtime server did not take a call", statusOf(error));
  });
  return readAnswer(await within(response.text(), timeoutMs));
}

const statusOf = (error: unknown) =>
  error instanceof Error && "status" in error && typeof error.status === "number" ? error.status : undefined;

async function within<T>(work: Promise<T>, timeoutMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new RealtimeError("the answer did not end in time")), timeoutMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
