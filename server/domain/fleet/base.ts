import { z } from "zod";
import type { LngLat } from "@/server/domain/geo/lng-lat";
import { Latitude, Longitude, line } from "@/server/domain/text";
import { Version } from "@/server/domain/version";

const fields = {
  name: line(120),
  address: line(240).nullable().optional(),
  lat: Latitude,
  lon: Longitude,
};
export const NewBase = z.strictObject(fields).meta({ id: "NewBase" });
export const BasePatch = z.strictObject(fields).partial().extend({ version: Version }).meta({ id: "BasePatch" });
export type NewBase = z.infer<typeof NewBase>;
export type BasePatch = z.infer<typeof BasePatch>;

/** A base as the API shows it. */
export const Base = z
  .object({
    id: z.uuid(),
    name: z.string(),
    address: z.string().nullable(),
    lat: z.number(),
    lon: z.number(),
    version: z.int(),
  })
  .meta({ id: "Base" });
export type Base = z.infer<typeof Base>;

type Row = { id: string; name: string; address: string | null; location: LngLat; version: number };

export const showBase = ({ id, name, address, location, version }: Row): Base => ({
  id,
  name,
  address,
  lat: location.lat,
  lon: location.lng,
  version,
});
