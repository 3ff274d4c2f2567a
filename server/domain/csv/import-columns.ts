import { z } from "zod";
import type { Places } from "@/server/domain/fleet/vocabulary";
import {
  FacilityKindSchema,
  FacilityModifierSchema,
  FacilityStatusSchema,
  VehicleTypeSchema,
} from "@/server/domain/fleet/vocabulary-schemas";
import { Latitude, Longitude, line } from "@/server/domain/text";
import { LEVELS, type Level } from "@/server/domain/trips/vocabulary";
import type { Columns } from "./read-table";

const YES = ["yes", "y", "true", "1"];
const NO = ["no", "n", "false", "0"];
const YesNo = z
  .string()
  .refine((text) => [...YES, ...NO].includes(text.toLowerCase()), "say yes or no")
  .transform((text) => YES.includes(text.toLowerCase()));
const numeric = (schema: z.ZodNumber) =>
  z
    .string()
    .refine((text) => Number.isFinite(Number(text)), "not a number")
    .transform(Number)
    .pipe(schema);
/** A word of a vocabulary, however it is written: "Wheelchair van" is wheelchair_van. */
const word = <T extends z.ZodType>(schema: T) =>
  z.preprocess((text) => (typeof text === "string" ? text.toLowerCase().replace(/[\s-]+/g, "_") : text), schema);
const count = numeric(z.int().min(0).max(50));

const Levels = z.string().transform((text, ctx): Level[] => {
  const named = text.toLowerCase().split(/[\s;,|/]+/);
  const levels = LEVELS.filter((level) => named.includes(level));
  const unknown = named.filter((name) => name !== "" && !LEVELS.some((level) => level === name));
  if (unknown.length > 0 || levels.length === 0) {
    ctx.addIssue({ code: "custom", message: `levels are ${LEVELS.join(", ")}` });
    return z.NEVER;
  }
  return levels;
});

/** Other ways to fit a vehicle out, as `ambulatory/wheelchair/stretcher`, e.g. `3/2/0; 6/0/0`. */
export const Configurations = z.string().transform((text, ctx): Places[] => {
  const parts = text.split(";").map((part) => /^\s*(\d{1,2})\/(\d{1,2})\/(\d{1,2})\s*$/.exec(part));
  if (parts.some((part) => part === null)) {
    ctx.addIssue({ code: "custom", message: "write places as 3/2/0; 6/0/0 (ambulatory/wheelchair/stretcher)" });
    return z.NEVER;
  }
  return parts.map((part) => ({
    ambulatory: Number(part?.[1]),
    wheelchair: Number(part?.[2]),
    stretcher: Number(part?.[3]),
  }));
});

export const VEHICLE_COLUMNS: Columns = {
  required: ["vehicleNo", "type"],
  optional: ["callSign", "levels", "ambulatory", "wheelchair", "stretcher", "configurations", "inService", "base"],
  ignored: ["availability", "shift", "position", "battery"],
};
export const VehicleLine = z.object({
  vehicleNo: line(32),
  type: word(VehicleTypeSchema),
  callSign: line(24).optional(),
  levels: Levels.optional(),
  ambulatory: count.optional(),
  wheelchair: count.optional(),
  stretcher: count.optional(),
  configurations: Configurations.optional(),
  inService: YesNo.optional(),
  base: line(120).optional(),
});
export type VehicleLine = z.infer<typeof VehicleLine>;

export const FACILITY_COLUMNS: Columns = {
  required: ["name", "kind", "lat", "lon"],
  optional: ["address", "zip", "phone", "geofenceM", "modifier", "status", "statusReason"],
};
export const FacilityLine = z.object({
  name: line(160),
  kind: word(FacilityKindSchema),
  lat: numeric(Latitude),
  lon: numeric(Longitude),
  address: line(240).default(""),
  zip: line(12).optional(),
  phone: line(40).optional(),
  geofenceM: numeric(z.int().min(20).max(2_000)).optional(),
  modifier: z
    .string()
    .transform((text) => text.toUpperCase())
    .pipe(FacilityModifierSchema)
    .optional(),
  status: word(FacilityStatusSchema).optional(),
  statusReason: line(200).optional(),
});
export type FacilityLine = z.infer<typeof FacilityLine>;

export const BASE_COLUMNS: Columns = { required: ["name", "lat", "lon"], optional: ["address"] };
export const BaseLine = z.object({
  name: line(120),
  lat: numeric(Latitude),
  lon: numeric(Longitude),
  address: line(240).optional(),
});
export type BaseLine = z.infer<typeof BaseLine>;
