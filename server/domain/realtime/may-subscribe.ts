import { isAllowed, type Role } from "@/server/domain/people/permissions";

/** A person who asks to listen. */
export type Subscriber = { agencyId: string; roles: readonly Role[] };
export type Channel =
  | { kind: "agency"; agencyId: string }
  | { kind: "positions"; agencyId: string }
  | { kind: "trip"; tripId: string; epoch: number };
/** A trip of the subscriber's agency; `isOwn` when the subscriber is in the crew that holds it now. */
export type TripToFollow = { channelEpoch: number; isOwn: boolean };

/** A person's connections at one time. */
export const MAX_CONNECTIONS = 3;
export const LEASE_S = 120;

/**
 * Whether a person may listen to a channel.
 * @param trip - the trip that the channel names, or null when the agency has none with that id
 */
export function maySubscribe(channel: Channel, who: Subscriber, trip: TripToFollow | null): boolean {
  switch (channel.kind) {
    case "agency":
      return channel.agencyId === who.agencyId && isAllowed("exceptions.read", who);
    case "positions":
      return channel.agencyId === who.agencyId && isAllowed("positions.read", who);
    case "trip":
      return trip !== null && trip.channelEpoch === channel.epoch && mayFollow(who, trip);
  }
}

/** The office follows every trip, a crew the ones it holds. */
const mayFollow = ({ roles }: Subscriber, { isOwn }: TripToFollow) =>
  isAllowed("trips.read", { roles: roles.filter((role) => role !== "crew" || isOwn) });
