import { z } from "zod";
import type { Facility } from "@/server/domain/fleet/facility";
import {
  FacilityKindSchema,
  FacilityModifierSchema,
  FacilityStatusSchema,
} from "@/server/domain/fleet/vocabulary-schemas";
import { CrewList } from "@/server/domain/riders/riding-rules";
import { line } from "@/server/domain/text";
import { orNothing, TypedLatitude, TypedLongitude, typedNumber } from "./form-values";

/** The facility form: text as it is typed in, what the API takes out. */
export const FacilityForm = z.object({
  name: line(160),
  kind: FacilityKindSchema,
  address: z.string().trim().max(240),
  zip: orNothing(line(12)),
  phone: orNothing(line(40)),
  lat: TypedLatitude,
  lon: TypedLongitude,
  geofenceM: typedNumber(z.int().min(20).max(2_000), "Metres, from 20 to 2000"),
  modifier: FacilityModifierSchema.nullable(),
  status: FacilityStatusSchema,
  statusReason: orNothing(line(200)),
  refusedCrew: CrewList,
});
export type FacilityFormIn = z.input<typeof FacilityForm>;
export type FacilityFormOut = z.output<typeof FacilityForm>;

export const EMPTY_FACILITY: FacilityFormIn = {
  name: "",
  kind: "hospital",
  address: "",
  zip: "",
  phone: "",
  lat: "",
  lon: "",
  geofenceM: "150",
  modifier: "H",
  status: "open",
  statusReason: "",
  refusedCrew: [],
};

export const facilityValues = (facility: Facility): FacilityFormIn => ({
  name: facility.name,
  kind: facility.kind,
  address: facility.address,
  zip: facility.zip ?? "",
  phone: facility.phone ?? "",
  lat: String(facility.lat),
  lon: String(facility.lon),
  geofenceM: String(facility.geofenceM),
  modifier: FacilityModifierSchema.safeParse(facility.modifier).data ?? null,
  status: facility.status,
  statusReason: facility.statusReason ?? "",
  refusedCrew: facility.refusedCrew ?? [],
});
