import { z } from "zod";
import type { Connection } from "./app";
import { type ChannelHub, isChannelName, isPresence, isPrivate, USER_CHANNEL } from "./channel-hub";
import { CLOSE, refuse, send, sendError } from "./connections";
import type { Limits } from "./limits";
import { isFull, parseObject, readMember } from "./presence";
import { isChannelAuth, isUserAuth } from "./signatures";
import { bindUser } from "./users";

const Inbound = z.object({ event: z.string().max(200), channel: z.string().optional(), data: z.unknown() });
type Inbound = z.infer<typeof Inbound>;

/** What a client may say. A frame that makes no sense is answered with an error and changes nothing. */
export class ClientProtocol {
  constructor(
    private readonly hub: ChannelHub,
    private readonly limits: Limits,
  ) {}

  receive(connection: Connection, text: string) {
    const parsed = Inbound.safeParse(parseObject(text));
    if (!parsed.success) return sendError(connection.ws, null, "Invalid message");
    if (!connection.messages.take(Date.now()))
      return sendError(connection.ws, CLOSE.refusedMessage, "Too many messages");
    const message = parsed.data;
    switch (message.event) {
      case "pusher:ping":
        return send(connection.ws, { event: "pusher:pong", data: "{}" });
      case "pusher:pong":
        return;
      case "pusher:subscribe":
        return this.#subscribe(connection, dataOf(message));
      case "pusher:unsubscribe":
        return this.#unsubscribe(connection, dataOf(message));
      case "pusher:signin":
        return this.#signIn(connection, dataOf(message));
      default:
        return message.event.startsWith("client-")
          ? this.#clientEvent(connection, message)
          : sendError(connection.ws, null, "Unknown event");
    }
  }

  #subscribe(connection: Connection, { channel: name, auth, channel_data: channelData }: Record<string, unknown>) {
    if (!isChannelName(name)) return sendError(connection.ws, null, "Invalid channel name");
    const fail = (type: string, error: string, status: number) =>
      send(connection.ws, { event: "pusher:subscription_error", channel: name, data: { type, error, status } });
    if (name.startsWith("#")) return this.#subscribeUser(connection, name, fail);
    if (isPrivate(name)) {
      const signedData = typeof channelData === "string" ? channelData : undefined;
      const isSigned = typeof auth === "string" && isChannelAuth(connection.app, auth, connection.id, name, signedData);
      if (!isSigned) return fail("AuthError", "Invalid signature", 401);
    }
    if (connection.subscriptions.has(name)) return;
    if (connection.subscriptions.size >= this.limits.channelsPerConnection)
      return fail("LimitReached", "Too many channels on one connection", CLOSE.refusedMessage);
    if (!isPresence(name)) return this.hub.join(connection, name, null);
    const member = readMember(channelData, this.limits);
    if ("fault" in member) return fail(member.type, member.fault, member.status);
    const members = connection.app.channels.get(name)?.members;
    if (members && isFull(members, member.userId, this.limits))
      return fail("LimitReached", "Presence channel is full", CLOSE.overCapacity);
    this.hub.join(connection, name, member);
  }

  /** Events to one person go by who signed in, so this subscription only needs an answer. */
  #subscribeUser({ ws, userId }: Connection, name: string, fail: (t: string, e: string, s: number) => void) {
    if (userId === null || name !== `${USER_CHANNEL}${userId}`)
      return fail("AuthError", "Not signed in as this user", 401);
    send(ws, { event: "pusher_internal:subscription_succeeded", channel: name, data: "{}" });
  }

  #unsubscribe(connection: Connection, { channel }: Record<string, unknown>) {
    if (typeof channel === "string" && connection.subscriptions.has(channel)) this.hub.leave(connection, channel);
  }

  #signIn(connection: Connection, { auth, user_data: userData }: Record<string, unknown>) {
    const { ws, app, id } = connection;
    const isSigned = typeof auth === "string" && typeof userData === "string" && isUserAuth(app, auth, id, userData);
    const userId = isSigned ? parseObject(userData)?.["id"] : undefined;
    if (typeof userId !== "string" || !bindUser(connection, userId))
      return refuse(ws, CLOSE.notAuthorized, "Connection not authorized");
    send(ws, { event: "pusher:signin_success", data: JSON.stringify({ user_data: userData }) });
  }

  #clientEvent(connection: Connection, { event, channel: name, data }: Inbound) {
    const fail = (message: string) => sendError(connection.ws, CLOSE.refusedMessage, message);
    if (!connection.app.allowsClientEvents) return fail("Client events are not enabled");
    const channel = name === undefined ? undefined : connection.app.channels.get(name);
    const member = name === undefined ? undefined : connection.subscriptions.get(name);
    if (!channel || member === undefined || !isPrivate(channel.name) || channel.name.startsWith("private-encrypted-"))
      return fail("Client events need a subscribed private or presence channel");
    if (!connection.clientEvents.take(Date.now())) return fail("Too many client events");
    if (Buffer.byteLength(JSON.stringify(data ?? "")) > this.limits.eventDataBytes)
      return fail("Client event too large");
    const from = member ? { user_id: member.userId } : {};
    this.hub.broadcast(channel, { event, channel: channel.name, data, ...from }, connection.id);
  }
}

/** The data of a protocol message: an object, or the same as a JSON string. */
function dataOf({ data }: Inbound): Record<string, unknown> {
  if (typeof data === "string") return parseObject(data) ?? {};
  return typeof data === "object" && data !== null ? (data as Record<string, unknown>) : {};
}
