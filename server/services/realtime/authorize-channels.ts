import "server-only";
import { z } from "zod";
import { ownShiftsOfTrips, tripsToFollow } from "@/db/queries/realtime";
import type { Ctx } from "@/server/context";
import { isAllowed } from "@/server/domain/people/permissions";
import { maySubscribe } from "@/server/domain/realtime/may-subscribe";
import { crewSees } from "@/server/domain/trips/rider-visibility";
import { AppError } from "@/server/errors";
import type { RealtimePublisher } from "@/server/integrations/pusher/publisher";
import { parseChannelName } from "@/server/realtime/channels";
import { read } from "@/server/services/unit-of-work";
import { holdConnection, type Person } from "./hold-connection";

export const AuthorizeChannelsInput = z.object({
  socketId: z.string().regex(/^\d{1,20}\.\d{1,20}$/, "is no socket id"),
  channels: z.array(z.string().min(1).max(200)).max(500),
});
export type AuthorizeChannelsInput = z.infer<typeof AuthorizeChannelsInput>;

export type Authorized = {
  /** Per channel: the signature, or null where the person may not listen. */
  channels: Map<string, { auth: string } | null>;
  /** Signs the socket in as the person, so that sign-out ends it. */
  user: { auth: string; user_data: string };
};

/**
 * Signs private channels for one socket of a person. A refused channel does not keep the others back.
 * @throws AppError forbidden when none may be heard, for a key, or for a fourth connection
 */
export async function authorizeChannels(
  ctx: Ctx,
  input: AuthorizeChannelsInput,
  realtime: RealtimePublisher,
): Promise<Authorized> {
  const { actor } = ctx;
  if (actor.kind !== "user" || !isAllowed("realtime.connect", { roles: actor.roles }))
    throw new AppError("forbidden", "realtime is for people who signed in");
  const permitted = await permittedChannels(ctx, actor, input.channels);
  if (input.channels.length > 0 && permitted.size === 0)
    throw new AppError("forbidden", "you may not listen to this channel");
  await holdConnection(ctx, actor, input.socketId, realtime);
  return {
    channels: new Map(
      input.channels.map((name) => [
        name,
        permitted.has(name) ? realtime.authorizeChannel(input.socketId, name) : null,
      ]),
    ),
    user: realtime.authenticateUser(input.socketId, actor.userId),
  };
}

async function permittedChannels(ctx: Ctx, person: Person, names: string[]): Promise<Set<string>> {
  const channels = names.flatMap((name) => {
    const parsed = parseChannelName(name);
    return parsed ? [{ name, parsed }] : [];
  });
  const tripIds = channels.flatMap(({ parsed }) => (parsed.kind === "trip" ? [parsed.tripId] : []));
  const byId = new Map((await followable(ctx, person, tripIds)).map((trip) => [trip.tripId, trip]));
  const isPermitted = ({ parsed }: (typeof channels)[number]) =>
    maySubscribe(parsed, person, parsed.kind === "trip" ? (byId.get(parsed.tripId) ?? null) : null);
  return new Set(channels.filter(isPermitted).map(({ name }) => name));
}

/** Trips with their channel's epoch, and whether the person's crew has them and may see their riders now. */
async function followable(ctx: Ctx, { agencyId, userId }: Person, tripIds: string[]) {
  if (tripIds.length === 0) return [];
  return read(ctx, async (tx) => {
    const shifts = await ownShiftsOfTrips(tx, agencyId, tripIds, userId);
    const own = new Set(shifts.filter((shift) => crewSees(shift, ctx.now)).map(({ tripId }) => tripId));
    return (await tripsToFollow(tx, agencyId, tripIds)).map((trip) => ({ ...trip, isOwn: own.has(trip.tripId) }));
  });
}
