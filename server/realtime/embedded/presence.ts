import type { Channel, PresenceMember } from "./app";
import type { Message } from "./connections";
import type { Limits } from "./limits";

type Members = NonNullable<Channel["members"]>;

/**
 * Reads the `channel_data` a presence subscription was signed with.
 * @returns the member, or what is wrong with it in Pusher's words
 */
export function readMember(
  channelData: unknown,
  limits: Limits,
): PresenceMember | { fault: string; type: string; status: number } {
  const invalid = { type: "AuthError", fault: "channel_data needs user_id", status: 400 };
  if (typeof channelData !== "string") return invalid;
  const data = parseObject(channelData);
  const userId = data?.["user_id"];
  if (!data || (typeof userId !== "string" && typeof userId !== "number")) return invalid;
  if (Buffer.byteLength(channelData) > limits.presenceMemberBytes)
    return { type: "LimitReached", fault: "user_info is too large", status: 4301 };
  return { userId: String(userId), userInfo: data["user_info"] ?? null };
}

/** Whether one more person would be too many. */
export const isFull = (members: Members, userId: string, limits: Limits) =>
  !members.has(userId) && members.size >= limits.presenceMembers;

/** Counts a connection of a member in. @returns what to tell the others, or null when the person was already there */
export function memberJoined(channel: Channel, { userId, userInfo }: PresenceMember): Message | null {
  const known = channel.members?.get(userId);
  channel.members?.set(userId, { userInfo, connections: (known?.connections ?? 0) + 1 });
  if (known) return null;
  const data = JSON.stringify({ user_id: userId, user_info: userInfo });
  return { event: "pusher_internal:member_added", channel: channel.name, data };
}

/** Counts a connection of a member out. @returns what to tell the others, or null while the person is still there */
export function memberLeft(channel: Channel, userId: string): Message | null {
  const known = channel.members?.get(userId);
  if (!known) return null;
  known.connections -= 1;
  if (known.connections > 0) return null;
  channel.members?.delete(userId);
  return { event: "pusher_internal:member_removed", channel: channel.name, data: JSON.stringify({ user_id: userId }) };
}

/** The members as a new subscriber is told. */
export function rosterOf(members: Members) {
  const ids = [...members.keys()];
  const hash = Object.fromEntries([...members].map(([id, { userInfo }]) => [id, userInfo]));
  return { count: ids.length, ids, hash };
}

/** A JSON object, or null for anything else. */
export function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
