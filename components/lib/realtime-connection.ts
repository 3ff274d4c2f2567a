import type Pusher from "pusher-js";
import type { Channel } from "pusher-js";
import type { ChannelAuthorizer } from "./channel-authorizer";
import { readAfter } from "./read-after";
import { createStore } from "./store";

export type ConnectionState = "connecting" | "live" | "unavailable";
/** Event name -> what to do with its unparsed data. */
export type Handlers = Record<string, (data: unknown) => void>;
type Subscriber = { handlers: Handlers; onResync: () => void };
type Entry = { channel: Channel | null; subscribers: Set<Subscriber>; isRefused: boolean };

export type ConnectionPorts = {
  /** Makes a client, which connects by itself. */
  makeClient: (authorizer: ChannelAuthorizer) => Pusher;
  authorizer: ChannelAuthorizer;
  /** How long to wait before trying again what failed, milliseconds; grows to eight times that. */
  retryMs?: number;
  /** How often the connection's place is renewed, milliseconds: its lease lasts two minutes. */
  renewMs?: number;
};

/**
 * One connection of this tab to the realtime server. Channels are shared: the last subscriber to leave ends the
 * subscription. Each (re)subscription calls `onResync`, so that no gap survives.
 */
export class RealtimeConnection {
  readonly state = createStore<ConnectionState>("connecting");
  readonly #entries = new Map<string, Entry>();
  readonly #ports: Required<ConnectionPorts>;
  #pusher: Pusher | null = null;
  #retry: ReturnType<typeof setTimeout> | null = null;
  #renew: ReturnType<typeof setInterval> | null = null;
  #failures = 0;

  constructor(ports: ConnectionPorts) {
    this.#ports = { retryMs: 2500, renewMs: 60_000, ...ports };
  }

  start() {
    if (this.#pusher) return;
    const pusher = this.#ports.makeClient(this.#ports.authorizer);
    this.#pusher = pusher;
    pusher.connection.bind("state_change", () => this.#settle());
    pusher.connection.bind("connected", () => pusher.signin());
    for (const [name, entry] of this.#entries) this.#open(pusher, name, entry);
    this.#renew = setInterval(() => void this.#renewPlace(), this.#ports.renewMs);
    this.#settle();
  }

  /** Leaves the realtime server; subscribers stay and are served again after `start`. */
  stop() {
    const pusher = this.#pusher;
    this.#pusher = null;
    if (this.#renew) clearInterval(this.#renew);
    this.#clearRetry();
    for (const entry of this.#entries.values()) this.#close(pusher, entry);
    pusher?.disconnect();
    this.state.set("unavailable");
  }

  /** @returns how to unsubscribe */
  subscribe(name: string, handlers: Handlers, onResync: () => void): () => void {
    const subscriber = { handlers, onResync };
    const entry = this.#entries.get(name) ?? this.#add(name);
    entry.subscribers.add(subscriber);
    if (entry.channel?.subscribed) queueMicrotask(() => entry.subscribers.has(subscriber) && onResync());
    return () => {
      if (!entry.subscribers.delete(subscriber) || entry.subscribers.size > 0) return;
      this.#entries.delete(name);
      this.#close(this.#pusher, entry);
      this.#settle();
    };
  }

  #add(name: string): Entry {
    const entry: Entry = { channel: null, subscribers: new Set(), isRefused: false };
    this.#entries.set(name, entry);
    if (this.#pusher) this.#open(this.#pusher, name, entry);
    return entry;
  }

  #open(pusher: Pusher, name: string, entry: Entry) {
    const channel = pusher.subscribe(name);
    entry.channel = channel;
    channel.bind("pusher:subscription_succeeded", () => {
      entry.isRefused = false;
      this.#settle();
      readAfter.askLatest();
      for (const { onResync } of entry.subscribers) onResync();
    });
    channel.bind("pusher:subscription_error", () => {
      entry.isRefused = true;
      this.#settle();
    });
    channel.bind_global((event: string, data: unknown) => {
      if (event.startsWith("pusher")) return;
      readAfter.note((data as { readAfter?: unknown } | null)?.readAfter);
      for (const { handlers } of entry.subscribers) handlers[event]?.(data);
    });
  }

  #close(pusher: Pusher | null, entry: Entry) {
    if (!entry.channel) return;
    entry.channel.unbind_all();
    entry.channel.unbind_global();
    pusher?.unsubscribe(entry.channel.name);
    entry.channel = null;
    entry.isRefused = false;
  }

  /** Works out the state for eyes, and tries again what is not as it should be. */
  #settle() {
    if (!this.#pusher) return;
    const isConnected = this.#pusher.connection.state === "connected";
    const isRefused = [...this.#entries.values()].some((entry) => entry.isRefused);
    if (isConnected && !isRefused) {
      this.#failures = 0;
      this.#clearRetry();
      this.state.set("live");
      return;
    }
    // A restart of the server takes a moment only; what lasts longer than one try is an outage.
    this.state.set(this.#failures === 0 ? "connecting" : "unavailable");
    const delayMs = this.#ports.retryMs * 2 ** Math.min(this.#failures, 3) * (0.75 + Math.random() / 2);
    this.#retry ??= setTimeout(() => this.#tryAgain(), delayMs);
  }

  /** pusher-js waits 15 s after a connection that could not be opened, and for ever after it was sent away. */
  #tryAgain() {
    this.#retry = null;
    this.#failures++;
    const pusher = this.#pusher;
    if (!pusher) return;
    if (pusher.connection.state !== "connected") {
      pusher.disconnect();
      pusher.connect();
    } else {
      for (const [name, entry] of this.#entries) {
        if (!entry.isRefused) continue;
        this.#close(pusher, entry);
        this.#open(pusher, name, entry);
      }
    }
    this.#settle();
  }

  #clearRetry() {
    if (this.#retry) clearTimeout(this.#retry);
    this.#retry = null;
  }

  async #renewPlace() {
    const connection = this.#pusher?.connection;
    if (connection?.state !== "connected") return;
    const isKept = await this.#ports.authorizer.signIn(connection.socket_id).then(
      () => true,
      () => false,
    );
    // Signed out, or the server is away: start over, so that the refusal shows where the channels are asked for.
    if (!isKept) this.#pusher?.disconnect();
  }
}
