import { z } from "zod";
import type { App, Channel } from "./app";
import { type ChannelHub, isChannelName, isPresence } from "./channel-hub";
import type { Limits } from "./limits";
import { bindUser, terminateUser } from "./users";

/** A refusal of the HTTP API with its status. */
export class ApiFault extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

const Event = z.object({
  name: z.string().min(1).max(200),
  data: z.string(),
  socket_id: z.string().optional(),
  info: z.string().optional(),
});
const ChannelName = z.string().refine(isChannelName, "invalid channel name");
const Trigger = Event.extend({ channel: ChannelName.optional(), channels: z.array(ChannelName).min(1).optional() });
const Batch = z.object({ batch: z.array(Event.extend({ channel: ChannelName })) });
const Bind = z.object({ socket_id: z.string(), among: z.array(z.string()).max(100).default([]) });

type Query = URLSearchParams;
type Call = { app: App; query: Query; body: unknown; params: string[] };
type Route = { method: string; path: RegExp; run: (call: Call) => unknown };

/** The Pusher HTTP API of one server, after the signature has been checked. */
export class HttpApi {
  readonly #routes: Route[];

  constructor(
    private readonly hub: ChannelHub,
    private readonly limits: Limits,
  ) {
    this.#routes = [
      { method: "POST", path: /^events$/, run: (call) => this.#trigger(call) },
      { method: "POST", path: /^batch_events$/, run: (call) => this.#triggerBatch(call) },
      { method: "GET", path: /^channels$/, run: listChannels },
      { method: "GET", path: /^channels\/([^/]+)$/, run: describeChannel },
      { method: "GET", path: /^channels\/([^/]+)\/users$/, run: listMembers },
      { method: "POST", path: /^users\/([^/]+)\/terminate_connections$/, run: terminate },
      { method: "POST", path: /^users\/([^/]+)\/connections$/, run: bindConnection },
    ];
  }

  /** @param path - below `/apps/{id}/` @throws ApiFault with the status to answer */
  call(app: App, method: string, path: string, query: Query, body: Buffer): unknown {
    const found = this.#routes.filter((route) => route.path.test(path));
    if (found.length === 0) throw new ApiFault(404, "not found");
    const route = found.find((candidate) => candidate.method === method);
    if (!route) throw new ApiFault(405, "method not allowed");
    const params = (route.path.exec(path) ?? []).slice(1).map(decode);
    return route.run({ app, query, params, body: method === "POST" ? readJson(body) : null });
  }

  #trigger({ app, body }: Call) {
    const event = parse(Trigger, body);
    const channels = event.channels ?? (event.channel === undefined ? [] : [event.channel]);
    if (channels.length === 0 || channels.length > this.limits.channelsPerPublish)
      throw new ApiFault(400, `1 to ${this.limits.channelsPerPublish} channels are required`);
    this.#checkSize(event.data);
    for (const channel of channels) this.hub.publish(app, { ...event, channel, exceptSocketId: event.socket_id });
    if (event.info === undefined) return {};
    const wanted = event.info.split(",");
    return {
      channels: Object.fromEntries(channels.map((name) => [name, infoOf(app.channels.get(name), name, wanted)])),
    };
  }

  #triggerBatch({ app, body }: Call) {
    const { batch } = parse(Batch, body);
    if (batch.length > this.limits.eventsPerBatch)
      throw new ApiFault(400, `at most ${this.limits.eventsPerBatch} events`);
    for (const event of batch) this.#checkSize(event.data);
    for (const event of batch) this.hub.publish(app, { ...event, exceptSocketId: event.socket_id });
    if (batch.every(({ info }) => info === undefined)) return {};
    return {
      batch: batch.map(({ channel, info }) => infoOf(app.channels.get(channel), channel, info?.split(",") ?? [])),
    };
  }

  #checkSize(data: string) {
    if (Buffer.byteLength(data) > this.limits.eventDataBytes)
      throw new ApiFault(413, `data is over ${this.limits.eventDataBytes} bytes`);
  }
}

function listChannels({ app, query }: Call) {
  const prefix = query.get("filter_by_prefix") ?? "";
  const wanted = (query.get("info") ?? "").split(",");
  const occupied = [...app.channels.values()].filter((c) => c.connections.size > 0 && c.name.startsWith(prefix));
  return {
    channels: Object.fromEntries(occupied.map((channel) => [channel.name, infoOf(channel, channel.name, wanted)])),
  };
}

function describeChannel({ app, query, params: [name = ""] }: Call) {
  const channel = app.channels.get(name);
  const occupied = (channel?.connections.size ?? 0) > 0;
  return { occupied, ...infoOf(channel, name, (query.get("info") ?? "").split(",")) };
}

function listMembers({ app, params: [name = ""] }: Call) {
  if (!isPresence(name)) throw new ApiFault(400, "not a presence channel");
  return { users: [...(app.channels.get(name)?.members?.keys() ?? [])].map((id) => ({ id })) };
}

function terminate({ app, params: [userId = ""] }: Call) {
  terminateUser(app, userId);
  return {};
}

/**
 * Our own addition to Pusher's API: says whose connection this is without the client signing in, and which of the
 * connections in `among` are open and which have closed, and since when it holds any, so that the limit per person counts living ones only.
 */
function bindConnection({ app, params: [userId = ""], body }: Call) {
  const { socket_id: socketId, among } = parse(Bind, body);
  const connection = app.connections.get(socketId);
  if (connection && !bindUser(connection, userId)) throw new ApiFault(409, "the connection is another user's");
  return {
    bound: connection !== undefined,
    open: among.filter((id) => app.connections.has(id)),
    closed: among.filter((id) => app.closed.has(id)),
    since: app.sinceMs,
  };
}

function infoOf(channel: Channel | undefined, name: string, wanted: string[]) {
  return {
    ...(wanted.includes("user_count") && isPresence(name) ? { user_count: channel?.members?.size ?? 0 } : {}),
    ...(wanted.includes("subscription_count") ? { subscription_count: channel?.connections.size ?? 0 } : {}),
    ...(wanted.includes("cache") && channel?.isCache ? { cache: channel.last && { data: channel.last.data } } : {}),
  };
}

function parse<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new ApiFault(400, parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join("; "));
}

function readJson(body: Buffer): unknown {
  try {
    return body.length === 0 ? {} : JSON.parse(body.toString());
  } catch {
    throw new ApiFault(400, "body is not JSON");
  }
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new ApiFault(400, "malformed path");
  }
}
