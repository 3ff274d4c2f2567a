import { z } from "zod";
import type { UnitState } from "@/server/domain/fleet/vocabulary";
import { UnitStateSchema } from "@/server/domain/fleet/vocabulary-schemas";
import { line } from "@/server/domain/text";
import { Version } from "@/server/domain/version";
import { NewBreaks, ShiftBreak } from "./breaks";

/** RFC 3339 with an offset or `Z`. */
const At = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
const fields = {
  vehicleId: z.uuid(),
  callSign: line(24),
  crew: z.array(z.uuid()).max(8),
  startsAt: At,
  endsAt: At,
  baseId: z.uuid().nullable(),
  breaks: NewBreaks,
};
/** Without a call sign it takes over the vehicle's. */
export const NewShift = z
  .strictObject(fields)
  .partial()
  .required({ vehicleId: true, startsAt: true, endsAt: true })
  .meta({ id: "NewShift" });
export const ShiftPatch = z.strictObject(fields).partial().extend({ version: Version }).meta({ id: "ShiftPatch" });
/** An odometer reading in the agency's unit of distance, as it stands on the dashboard. */
const Odometer = z.number().min(0).max(1_300_000);
export const SignOn = z
  .strictObject({ odometer: Odometer.optional(), version: Version.optional() })
  .meta({ id: "SignOn" });
/** The truck that a unit goes on with. */
export const SwapVehicle = z
  .strictObject({ vehicleId: z.uuid(), version: Version.optional() })
  .meta({ id: "SwapVehicle" });
export type NewShift = z.infer<typeof NewShift>;
export type ShiftPatch = z.infer<typeof ShiftPatch>;
export type SignOn = z.infer<typeof SignOn>;
export type SwapVehicle = z.infer<typeof SwapVehicle>;

/** A shift as the API shows it. */
export const Shift = z
  .object({
    id: z.uuid(),
    vehicleId: z.uuid(),
    callSign: z.string(),
    crew: z.array(z.uuid()),
    startsAt: z.iso.datetime(),
    endsAt: z.iso.datetime(),
    signedOnAt: z.iso.datetime().nullable(),
    signedOffAt: z.iso.datetime().nullable(),
    state: UnitStateSchema,
    stateSince: z.iso.datetime().nullable(),
    baseId: z.uuid().nullable(),
    breaks: z.array(ShiftBreak),
    manifestVersion: z.int(),
    version: z.int(),
  })
  .meta({ id: "Shift" });
export type Shift = z.infer<typeof Shift>;

type Row = {
  id: string;
  vehicleId: string;
  callSign: string;
  startsAt: Date;
  endsAt: Date;
  signedOnAt: Date | null;
  signedOffAt: Date | null;
  state: UnitState;
  stateSince: Date | null;
  baseId: string | null;
  breaks: ShiftBreak[];
  manifestVersion: number;
  version: number;
};

/** @param crew - ids of the users on it */
export const showShift = (row: Row, crew: string[]): Shift => ({
  id: row.id,
  vehicleId: row.vehicleId,
  callSign: row.callSign,
  crew,
  startsAt: row.startsAt.toISOString(),
  endsAt: row.endsAt.toISOString(),
  signedOnAt: row.signedOnAt?.toISOString() ?? null,
  signedOffAt: row.signedOffAt?.toISOString() ?? null,
  state: row.state,
  stateSince: row.stateSince?.toISOString() ?? null,
  baseId: row.baseId,
  breaks: row.breaks,
  manifestVersion: row.manifestVersion,
  version: row.version,
});
