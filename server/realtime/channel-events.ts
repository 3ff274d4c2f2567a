import {
  array,
  int,
  iso,
  nonnegative,
  nullable,
  nullish,
  number,
  object,
  enum as oneOf,
  string,
  tuple,
  uuid,
  type z,
} from "zod/mini";

/** What is sent on the channels, as the browser reads it. Never patient data. In the small zod: every console loads this. */

const version = int().check(nonnegative());

/** On an agency's channel: the reader refetches at least `version`. */
export const AgencyEvents = {
  "trip.changed": object({ tripId: uuid(), version, status: string() }),
  "unit.changed": object({
    vehicleId: nullish(uuid()),
    shiftId: nullish(uuid()),
    version: nullish(version),
    status: nullish(string()),
  }),
  "exception.changed": object({ exceptionId: uuid(), version, status: string() }),
  "plan.changed": object({ planId: uuid(), version, status: string() }),
  "incident.changed": object({ incidentId: uuid(), version, status: oneOf(["open", "closed"]) }),
} as const;
export type AgencyEventName = keyof typeof AgencyEvents;
export type AgencyEvent<N extends AgencyEventName> = z.infer<(typeof AgencyEvents)[N]>;

/** vehicleNo, lon and lat in 1e-5 degrees, heading in degrees (-1 unknown), speed in 0.1 m/s (-1 unknown), age in seconds at `t`. */
export const PositionRow = tuple([string(), int(), int(), number(), number(), number()]);
export type PositionRow = z.infer<typeof PositionRow>;

/** On a position channel, `positions`: what changed in the cell since the frame before; `t` in epoch milliseconds. */
export const PositionFrame = object({
  seq: int().check(nonnegative()),
  t: number(),
  v: array(PositionRow),
  gone: array(string()),
});
export type PositionFrame = z.infer<typeof PositionFrame>;

/** On a trip's channel. */
export const TripEvents = {
  status: object({ tripId: uuid(), version, status: string(), publicStatus: string(), at: iso.datetime() }),
  position: object({
    tripId: uuid(),
    takenAt: iso.datetime(),
    lat: number(),
    lon: number(),
    headingDeg: nullable(number()),
    speedMps: nullable(number()),
  }),
  eta: object({
    tripId: uuid(),
    etaPickupAt: nullable(iso.datetime()),
    etaDropoffAt: nullable(iso.datetime()),
  }),
} as const;
export type TripEventName = keyof typeof TripEvents;
