import type { App, Channel, Connection, PresenceMember } from "./app";
import { deliver, type Message, send } from "./connections";
import type { Limits } from "./limits";
import type { RealtimeMetrics } from "./metrics";
import { memberJoined, memberLeft, rosterOf } from "./presence";
import { textFrame } from "./text-frame";

const NAME = /^[A-Za-z0-9_\-=@,.;]{1,200}$/;
const CACHE = /^(private-|presence-|private-encrypted-)?cache-/;

/** Whether a channel may be called this; `#server-to-user-<id>` is for events to one person. */
export const isChannelName = (name: unknown): name is string =>
  typeof name === "string" && NAME.test(name.startsWith("#") ? name.slice(1) : name);

export const isPresence = (name: string) => name.startsWith("presence-");
export const isPrivate = (name: string) => name.startsWith("private-") || isPresence(name);
export const USER_CHANNEL = "#server-to-user-";

/** Who is on which channel, and the way of an event to all of them. */
export class ChannelHub {
  constructor(
    private readonly limits: Limits,
    private readonly metrics: RealtimeMetrics,
  ) {}

  join(connection: Connection, name: string, member: PresenceMember | null) {
    const channel = this.#open(connection.app, name);
    channel.connections.add(connection);
    connection.subscriptions.set(name, member);
    const joined = member && memberJoined(channel, member);
    if (joined) this.broadcast(channel, joined, connection.id);
    const data = channel.members ? JSON.stringify({ presence: rosterOf(channel.members) }) : "{}";
    send(connection.ws, { event: "pusher_internal:subscription_succeeded", channel: name, data });
    if (channel.isCache) this.#replay(connection, channel);
    this.#announceCount(channel);
  }

  leave(connection: Connection, name: string) {
    const channel = connection.app.channels.get(name);
    const member = connection.subscriptions.get(name);
    connection.subscriptions.delete(name);
    if (!channel?.connections.delete(connection)) return;
    const left = member && memberLeft(channel, member.userId);
    if (left) this.broadcast(channel, left);
    if (channel.connections.size > 0) this.#announceCount(channel);
    else if (!channel.last) this.#drop(connection.app, channel);
  }

  /** An event from the HTTP API. Nobody listening is no error. */
  publish(app: App, event: { name: string; channel: string; data: string; exceptSocketId?: string | undefined }) {
    this.metrics.publishedTotal++;
    const message = { event: event.name, channel: event.channel, data: event.data };
    if (event.channel.startsWith(USER_CHANNEL)) {
      const users = app.users.get(event.channel.slice(USER_CHANNEL.length));
      return users && this.#fan(users, message, event.exceptSocketId);
    }
    const cached = CACHE.test(event.channel) && this.#open(app, event.channel);
    if (cached) cached.last = { event: event.name, data: event.data, atMs: Date.now() };
    const channel = app.channels.get(event.channel);
    if (channel) this.broadcast(channel, message, event.exceptSocketId);
  }

  broadcast(channel: Channel, message: Message, exceptSocketId?: string) {
    if (channel.connections.size > 0) this.#fan(channel.connections, message, exceptSocketId);
  }

  /** Forgets cached events past their time. */
  expire(app: App, nowMs: number) {
    for (const channel of app.channels.values()) {
      if (!channel.last || nowMs - channel.last.atMs < this.limits.cacheTtlS * 1000) continue;
      channel.last = null;
      if (channel.connections.size === 0) this.#drop(app, channel);
    }
  }

  #fan(readers: Iterable<Connection>, message: Message, exceptSocketId?: string) {
    const frame = textFrame(JSON.stringify(message));
    for (const reader of readers) {
      if (reader.id !== exceptSocketId) deliver(reader, frame, this.limits.unreadBytes, this.metrics);
    }
  }

  #open(app: App, name: string): Channel {
    const existing = app.channels.get(name);
    if (existing) return existing;
    const members = isPresence(name) ? new Map() : null;
    const channel: Channel = {
      name,
      connections: new Set(),
      members,
      isCache: CACHE.test(name),
      last: null,
      countTimer: null,
    };
    app.channels.set(name, channel);
    return channel;
  }

  #drop(app: App, channel: Channel) {
    if (channel.countTimer) clearTimeout(channel.countTimer);
    app.channels.delete(channel.name);
  }

  #replay({ ws }: Connection, { name, last }: Channel) {
    if (last) send(ws, { event: last.event, channel: name, data: last.data });
    else send(ws, { event: "pusher:cache_miss", channel: name, data: "" });
  }

  #announceCount(channel: Channel) {
    if (channel.members || channel.countTimer) return;
    const { countDelayMs, countDelayLargeMs } = this.limits;
    channel.countTimer = setTimeout(
      () => {
        channel.countTimer = null;
        const data = JSON.stringify({ subscription_count: channel.connections.size });
        this.broadcast(channel, { event: "pusher_internal:subscription_count", channel: channel.name, data });
      },
      channel.connections.size > 100 ? countDelayLargeMs : countDelayMs,
    ).unref();
  }
}
