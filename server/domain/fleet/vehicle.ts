import { z } from "zod";
import type { LngLat } from "@/server/domain/geo/lng-lat";
import { Shift } from "@/server/domain/shifts/shift";
import { line } from "@/server/domain/text";
import { LevelSchema } from "@/server/domain/trips/vocabulary-schemas";
import { ageSeconds } from "@/server/domain/units/freshness";
import { Version } from "@/server/domain/version";
import { fixFields } from "./fix-fields";
import type { Availability, Places } from "./vocabulary";
import { AvailabilitySchema, PlacesSchema, VehicleTypeSchema } from "./vocabulary-schemas";

const fields = {
  /** Painted on the truck; one per agency. */
  vehicleNo: line(32),
  callSign: line(24),
  type: VehicleTypeSchema,
  levels: z
    .array(LevelSchema)
    .min(1)
    .max(6)
    .transform((levels) => [...new Set(levels)]),
  places: PlacesSchema,
  configurations: z.array(PlacesSchema).max(12),
  inService: z.boolean(),
  outOfServiceReason: line(200).nullable(),
  baseId: z.uuid().nullable(),
};
/** What is left out is what is usual for the type; the call sign is the number unless it is said otherwise. */
export const NewVehicle = z
  .strictObject(fields)
  .partial()
  .required({ vehicleNo: true, type: true })
  .meta({ id: "NewVehicle" });
export const VehiclePatch = z.strictObject(fields).partial().extend({ version: Version }).meta({ id: "VehiclePatch" });
export type NewVehicle = z.infer<typeof NewVehicle>;
export type VehiclePatch = z.infer<typeof VehiclePatch>;

/** Where a vehicle was last, and how old that is. */
export const VehiclePosition = z
  .object({
    ...fixFields,
    /** Seconds since the fix counted as true, at the time of the answer. */
    ageS: z.int(),
    source: z.enum(["device", "crew"]),
  })
  .meta({ id: "VehiclePosition" });
export type VehiclePosition = z.infer<typeof VehiclePosition>;

/** A vehicle as the API shows it. */
export const Vehicle = z
  .object({
    id: z.uuid(),
    vehicleNo: z.string(),
    callSign: z.string(),
    type: VehicleTypeSchema,
    levels: z.array(z.string()),
    places: PlacesSchema,
    configurations: z.array(PlacesSchema),
    inService: z.boolean(),
    outOfServiceReason: z.string().nullable(),
    baseId: z.uuid().nullable(),
    availability: AvailabilitySchema,
    shift: Shift.nullable(),
    position: VehiclePosition.nullable(),
    version: z.int(),
  })
  .meta({ id: "Vehicle" });
export type Vehicle = z.infer<typeof Vehicle>;

type VehicleRow = {
  id: string;
  vehicleNo: string;
  callSign: string;
  type: Vehicle["type"];
  levels: string[];
  places: Places;
  configurations: Places[];
  inService: boolean;
  outOfServiceReason: string | null;
  baseId: string | null;
  version: number;
};
type PositionRow = Omit<VehiclePosition, "takenAt" | "receivedAt" | "lat" | "lon" | "ageS"> & {
  takenAt: Date;
  receivedAt: Date;
  location: LngLat;
};

export const showPosition = (row: PositionRow, now: Date): VehiclePosition => ({
  takenAt: row.takenAt.toISOString(),
  receivedAt: row.receivedAt.toISOString(),
  lat: row.location.lat,
  lon: row.location.lng,
  accuracyM: row.accuracyM,
  speedMps: row.speedMps,
  headingDeg: row.headingDeg,
  altitudeM: row.altitudeM,
  batteryPct: row.batteryPct,
  charging: row.charging,
  ageS: ageSeconds(row, now),
  source: row.source,
});

export const showVehicle = (
  row: VehicleRow,
  live: { availability: Availability; shift: Shift | null; position: VehiclePosition | null },
): Vehicle => ({
  id: row.id,
  vehicleNo: row.vehicleNo,
  callSign: row.callSign,
  type: row.type,
  levels: row.levels,
  places: row.places,
  configurations: row.configurations,
  inService: row.inService,
  outOfServiceReason: row.outOfServiceReason,
  baseId: row.baseId,
  ...live,
  version: row.version,
});
