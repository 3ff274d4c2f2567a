import type { z } from "zod";
import type { AgencyEvent, AgencyEventName, TripEventName, TripEvents } from "./channel-events";

/** Names of every realtime channel; what is sent on them: `./channel-events`. Never patient data. */

export const ALL_CELLS = "all";
const UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
const AGENCY = new RegExp(`^private-agency\\.(${UUID})$`);
const POSITIONS = new RegExp(`^private-pos\\.(${UUID})\\.(\\d{1,2})\\.(all|[0-9a-f]{15})$`);
const TRIP = new RegExp(`^private-trip\\.(${UUID})\\.(\\d{1,9})$`);

/** Hints to dispatchers that a trip, unit, exception, plan or incident changed. */
export const agencyChannel = (agencyId: string) => `private-agency.${agencyId}`;

/** Live positions in one H3 cell of resolution `res`, or in the one cell `all` of a small agency. */
export const positionsChannel = (agencyId: string, res: number, cell: string) =>
  `private-pos.${agencyId}.${res}.${cell}`;

/** One trip, until the people who may follow it change: then the epoch does. */
export const tripChannel = (tripId: string, epoch: number) => `private-trip.${tripId}.${epoch}`;

export type ChannelName =
  | { kind: "agency"; agencyId: string }
  | { kind: "positions"; agencyId: string; res: number; cell: string }
  | { kind: "trip"; tripId: string; epoch: number };

/** Reads a channel's name. @returns null for a name that is none of ours */
export function parseChannelName(name: string): ChannelName | null {
  const [, agencyId] = AGENCY.exec(name) ?? [];
  if (agencyId) return { kind: "agency", agencyId };
  const [, posAgencyId, res, cell] = POSITIONS.exec(name) ?? [];
  if (posAgencyId && res && cell) return { kind: "positions", agencyId: posAgencyId, res: Number(res), cell };
  const [, tripId, epoch] = TRIP.exec(name) ?? [];
  if (tripId && epoch) return { kind: "trip", tripId, epoch: Number(epoch) };
  return null;
}

export const POSITIONS_EVENT = "positions";

type Emission = { channel: string; name: string; payload: Record<string, unknown> };

/** An event for an agency's dispatchers, ready for `uow.emit`. */
export const agencyEvent = <N extends AgencyEventName>(
  agencyId: string,
  name: N,
  payload: AgencyEvent<N>,
): Emission => ({
  channel: agencyChannel(agencyId),
  name,
  payload,
});

/** An event for who follows one trip, ready for `uow.emit`. */
export const tripEvent = <N extends TripEventName>(
  trip: { id: string; channelEpoch: number },
  name: N,
  payload: z.infer<(typeof TripEvents)[N]>,
): Emission => ({ channel: tripChannel(trip.id, trip.channelEpoch), name, payload });
