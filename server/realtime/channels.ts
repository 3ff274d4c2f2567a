import { z } from "zod";

/** Names and events of every realtime channel: what the server sends and the browser parses. Never patient data. */

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

const version = z.int().nonnegative();

/** On an agency's channel: the reader refetches at least `version`. */
export const AgencyEvents = {
  "trip.changed": z.object({ tripId: z.uuid(), version, status: z.string() }),
  "unit.changed": z.object({
    vehicleId: z.uuid().nullish(),
    shiftId: z.uuid().nullish(),
    version: version.nullish(),
    status: z.string().nullish(),
  }),
  "exception.changed": z.object({ exceptionId: z.uuid(), version, status: z.string() }),
  "plan.changed": z.object({ planId: z.uuid(), version, status: z.string() }),
  "incident.changed": z.object({ incidentId: z.uuid(), version, status: z.enum(["open", "closed"]) }),
} as const;
export type AgencyEventName = keyof typeof AgencyEvents;
export type AgencyEvent<N extends AgencyEventName> = z.infer<(typeof AgencyEvents)[N]>;

/** vehicleNo, lon and lat in 1e-5 degrees, heading in degrees (-1 unknown), speed in 0.1 m/s (-1 unknown), age in seconds at `t`. */
export const PositionRow = z.tuple([z.string(), z.int(), z.int(), z.number(), z.number(), z.number()]);
export type PositionRow = z.infer<typeof PositionRow>;

/** On a position channel, `positions`: what changed in the cell since the frame before; `t` in epoch milliseconds. */
export const PositionFrame = z.object({
  seq: z.int().nonnegative(),
  t: z.number(),
  v: z.array(PositionRow),
  gone: z.array(z.string()),
});
export type PositionFrame = z.infer<typeof PositionFrame>;
export const POSITIONS_EVENT = "positions";

/** On a trip's channel. */
export const TripEvents = {
  status: z.object({ tripId: z.uuid(), version, status: z.string(), publicStatus: z.string(), at: z.iso.datetime() }),
  position: z.object({
    tripId: z.uuid(),
    takenAt: z.iso.datetime(),
    lat: z.number(),
    lon: z.number(),
    headingDeg: z.number().nullable(),
    speedMps: z.number().nullable(),
  }),
  eta: z.object({
    tripId: z.uuid(),
    etaPickupAt: z.iso.datetime().nullable(),
    etaDropoffAt: z.iso.datetime().nullable(),
  }),
} as const;
export type TripEventName = keyof typeof TripEvents;

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
