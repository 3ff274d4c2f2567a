import { z } from "zod";
import { darkReasonOf } from "@/server/domain/gps/device-trouble";
import { SPEED_UNITS } from "@/server/domain/gps/fix";
import { line } from "@/server/domain/text";
import { Version } from "@/server/domain/version";

export const SpeedUnitSchema = z.enum(["auto", ...SPEED_UNITS]);
/** Seconds between two fixes that the app is asked for. */
export const DEFAULT_INTERVAL_S = 5;
const intervalS = z.int().min(1).max(3600);

const fields = {
  label: line(80),
  vehicleId: z.uuid().nullish(),
  userId: z.uuid().nullish(),
  /** The unit of `speed=` on the OsmAnd path; `auto` is what the client's format says. */
  speedUnit: SpeedUnitSchema.optional(),
  intervalS: intervalS.optional(),
};

/** A phone or tracker belongs to a vehicle or to a person. */
export const NewDevice = z.strictObject(fields).meta({ id: "NewDevice" });
export type NewDevice = z.infer<typeof NewDevice>;
export const DevicePatch = z.strictObject(fields).partial().extend({ version: Version }).meta({ id: "DevicePatch" });
export type DevicePatch = z.infer<typeof DevicePatch>;

export const Device = z
  .object({
    id: z.uuid(),
    label: z.string(),
    vehicleId: z.uuid().nullable(),
    userId: z.uuid().nullable(),
    app: z.string().nullable(),
    network: z.string().nullable(),
    firstSeenAt: z.iso.datetime().nullable(),
    lastSeenAt: z.iso.datetime().nullable(),
    /** Why it is dark now, or why its fixes are refused: `never_used`, `silent`, `battery_low`, `clock_wrong`, `no_position`, `jumping`, `off_shift`. */
    darkReason: z.string().nullable(),
    speedUnit: SpeedUnitSchema,
    intervalS: z.int(),
    active: z.boolean(),
    /** Until when the token before the last rotation is accepted. */
    previousTokenUntil: z.iso.datetime().nullable(),
    version: z.int(),
  })
  .meta({ id: "Device" });
export type Device = z.infer<typeof Device>;

type DeviceRow = Pick<Device, "id" | "label" | "vehicleId" | "userId" | "app" | "network" | "speedUnit" | "version"> & {
  firstSeenAt: Date | null;
  lastSeenAt: Date | null;
  darkReason: string | null;
  settings: { intervalS?: number };
  deactivatedAt: Date | null;
  previousTokenUntil: Date | null;
};

export const showDevice = (row: DeviceRow, now: Date): Device => ({
  id: row.id,
  label: row.label,
  vehicleId: row.vehicleId,
  userId: row.userId,
  app: row.app,
  network: row.network,
  firstSeenAt: row.firstSeenAt?.toISOString() ?? null,
  lastSeenAt: row.lastSeenAt?.toISOString() ?? null,
  darkReason: row.deactivatedAt ? null : darkReasonOf(row, now),
  speedUnit: row.speedUnit,
  intervalS: row.settings.intervalS ?? DEFAULT_INTERVAL_S,
  active: row.deactivatedAt === null,
  previousTokenUntil:
    row.previousTokenUntil && row.previousTokenUntil > now ? row.previousTokenUntil.toISOString() : null,
  version: row.version,
});

/** A device belongs to exactly one: both or neither is refused, with the reason. */
export function ownerReason(owner: { vehicleId?: string | null | undefined; userId?: string | null | undefined }) {
  if (owner.vehicleId && owner.userId)
    return { path: "userId", code: "one_owner", message: "a device belongs to a vehicle or to a person, not both" };
  if (!owner.vehicleId && !owner.userId)
    return { path: "vehicleId", code: "no_owner", message: "a device belongs to a vehicle or to a person" };
  return null;
}
