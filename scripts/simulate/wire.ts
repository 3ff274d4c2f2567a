import { z } from "zod";

/** The parts of the API's answers that the simulator reads. */
export const Point = z.object({ lat: z.number(), lon: z.number() });
export const Shift = z.object({
  id: z.string(),
  vehicleId: z.string(),
  callSign: z.string(),
  crew: z.array(z.string()),
  startsAt: z.string(),
  endsAt: z.string(),
  signedOnAt: z.string().nullable(),
  signedOffAt: z.string().nullable(),
  state: z.string().optional(),
});
export type Shift = z.infer<typeof Shift>;
export const Vehicle = z.object({
  id: z.string(),
  vehicleNo: z.string(),
  callSign: z.string(),
  inService: z.boolean(),
  shift: Shift.nullish(),
  position: Point.extend({ ageS: z.number() }).nullable(),
});
export type Vehicle = z.infer<typeof Vehicle>;
export const User = z.object({ id: z.string(), email: z.string() });
export const Device = z.object({ id: z.string(), token: z.string() });
export const Place = Point.extend({ name: z.string().optional(), id: z.string() });
export type Place = z.infer<typeof Place>;
export const Facility = Place.extend({ kind: z.string(), status: z.string() });
export type Facility = z.infer<typeof Facility>;

const Stop = z.object({ lat: z.number().nullish(), lon: z.number().nullish() }).nullish();
export const Trip = z.object({
  id: z.string(),
  version: z.number(),
  status: z.string(),
  kind: z.string(),
  priority: z.string(),
  pickup: Stop,
  dropoff: Stop,
  assignment: z
    .object({
      id: z.string(),
      shiftId: z.string().nullish(),
      vehicleId: z.string().nullish(),
      mode: z.string(),
      status: z.string(),
    })
    .nullable(),
});
export type Trip = z.infer<typeof Trip>;
export const Candidates = z.object({ items: z.array(z.object({ shiftId: z.string(), callSign: z.string() })) });
export const Anything = z.unknown();
