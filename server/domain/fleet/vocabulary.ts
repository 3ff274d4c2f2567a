import { PLACE_KINDS } from "@/server/domain/trips/vocabulary";

export const VEHICLE_TYPES = ["ambulance", "wheelchair_van", "stretcher_van", "car"] as const;
/** What a signed-on unit is doing besides its trips. */
export const UNIT_STATES = ["available", "posting", "posted", "standby", "break", "delayed", "out_of_service"] as const;
/** As other systems name it: not signed on, free, not to be sent, on a trip. */
export const AVAILABILITIES = ["OFFLINE", "ONLINE", "BUSY", "ON_TRIP"] as const;
export const FACILITY_STATUSES = ["open", "limited", "divert", "closed"] as const;
export const FACILITY_KINDS = [
  "hospital",
  "snf",
  "dialysis",
  "clinic",
  "physician",
  "diagnostic",
  "rehab",
  "residence",
  "other",
] as const;
/** Origin and destination modifiers of ambulance claims (HCPCS); a facility has one. */
export const FACILITY_MODIFIERS = ["D", "E", "G", "H", "I", "J", "N", "P", "R", "S", "X"] as const;

export type VehicleType = (typeof VEHICLE_TYPES)[number];
export type UnitState = (typeof UNIT_STATES)[number];
export type Availability = (typeof AVAILABILITIES)[number];
export type FacilityStatus = (typeof FACILITY_STATUSES)[number];
export type FacilityKind = (typeof FACILITY_KINDS)[number];
export type FacilityModifier = (typeof FACILITY_MODIFIERS)[number];
/** How many riders of each kind fit. */
export type Places = Record<(typeof PLACE_KINDS)[number], number>;
