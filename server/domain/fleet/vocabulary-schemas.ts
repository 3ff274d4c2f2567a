import { z } from "zod";
import {
  AVAILABILITIES,
  FACILITY_KINDS,
  FACILITY_MODIFIERS,
  FACILITY_STATUSES,
  UNIT_STATES,
  VEHICLE_TYPES,
} from "./vocabulary";

/** The words of `./vocabulary` as schemas, apart from them: pages need the words and not what reads them. */

export const VehicleTypeSchema = z.enum(VEHICLE_TYPES);
export const UnitStateSchema = z.enum(UNIT_STATES);
export const AvailabilitySchema = z.enum(AVAILABILITIES);
export const FacilityStatusSchema = z.enum(FACILITY_STATUSES);
export const FacilityKindSchema = z.enum(FACILITY_KINDS);
export const FacilityModifierSchema = z.enum(FACILITY_MODIFIERS);

const count = z.number().int().min(0).max(50);
export const PlacesSchema = z.strictObject({
  ambulatory: count.default(0),
  wheelchair: count.default(0),
  stretcher: count.default(0),
});
