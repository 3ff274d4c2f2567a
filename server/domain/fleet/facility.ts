import { z } from "zod";
import type { LngLat } from "@/server/domain/geo/lng-lat";
import { CrewList } from "@/server/domain/riders/riding-rules";
import { Latitude, Longitude, line } from "@/server/domain/text";
import { Version } from "@/server/domain/version";
import type { FacilityKind, FacilityStatus } from "./vocabulary";
import { FacilityKindSchema, FacilityModifierSchema, FacilityStatusSchema } from "./vocabulary-schemas";

const fields = {
  name: line(160),
  kind: FacilityKindSchema,
  address: z.union([z.literal(""), line(240)]),
  zip: line(12).nullable().optional(),
  phone: line(40).nullable().optional(),
  /** The entrance, where a vehicle stops. */
  lat: Latitude,
  lon: Longitude,
  geofenceM: z.int().min(20).max(2_000).optional(),
  modifier: FacilityModifierSchema.nullable().optional(),
  status: FacilityStatusSchema.optional(),
  statusReason: line(200).nullable().optional(),
  /** People whom the place does not let in: they are not sent there. */
  refusedCrew: CrewList.optional(),
};
export const NewFacility = z
  .strictObject({ ...fields, kind: FacilityKindSchema.default("other"), address: fields.address.default("") })
  .meta({ id: "NewFacility" });
export const FacilityPatch = z
  .strictObject(fields)
  .partial()
  .extend({ version: Version })
  .meta({ id: "FacilityPatch" });
export const FacilityStatusChange = z
  .strictObject({ status: FacilityStatusSchema, reason: line(200).optional(), version: Version.optional() })
  .meta({ id: "FacilityStatusChange" });
export type NewFacility = z.infer<typeof NewFacility>;
export type FacilityPatch = z.infer<typeof FacilityPatch>;
export type FacilityStatusChange = z.infer<typeof FacilityStatusChange>;

/** A facility as the API shows it. */
export const Facility = z
  .object({
    id: z.uuid(),
    name: z.string(),
    kind: FacilityKindSchema,
    address: z.string(),
    zip: z.string().nullable(),
    phone: z.string().nullable(),
    lat: z.number(),
    lon: z.number(),
    geofenceM: z.int(),
    modifier: z.string().nullable(),
    status: FacilityStatusSchema,
    statusReason: z.string().nullable(),
    /** For dispatchers and admins only: it says something of people. */
    refusedCrew: z.array(z.uuid()).optional(),
    version: z.int(),
  })
  .meta({ id: "Facility" });
export type Facility = z.infer<typeof Facility>;

type Row = {
  id: string;
  name: string;
  kind: FacilityKind;
  address: string;
  zip: string | null;
  phone: string | null;
  location: LngLat;
  geofenceM: number;
  modifier: string | null;
  status: FacilityStatus;
  statusReason: string | null;
  refusedCrew: string[];
  version: number;
};

/** @param seesCrew - may the viewer know whom the place refuses? */
export const showFacility = (row: Row, seesCrew: boolean): Facility => ({
  id: row.id,
  name: row.name,
  kind: row.kind,
  address: row.address,
  zip: row.zip,
  phone: row.phone,
  lat: row.location.lat,
  lon: row.location.lng,
  geofenceM: row.geofenceM,
  modifier: row.modifier,
  status: row.status,
  statusReason: row.statusReason,
  ...(seesCrew && { refusedCrew: row.refusedCrew }),
  version: row.version,
});
