import "server-only";
import { z } from "zod";
import type { RiderRow } from "@/db/queries/riders";
import type { LngLat } from "@/server/domain/geo/lng-lat";
import { PairRuleSchema, RidingRuleFields } from "@/server/domain/riders/riding-rules";
import { Latitude, Longitude, line, prose } from "@/server/domain/text";
import { LevelSchema } from "@/server/domain/trips/vocabulary-schemas";
import { nameTokens, open, phoneToken, seal } from "@/server/security/keys";

const RiderPairs = z
  .array(z.strictObject({ riderId: z.uuid(), rule: PairRuleSchema }))
  .max(20)
  .refine((pairs) => new Set(pairs.map(({ riderId }) => riderId)).size === pairs.length, "somebody is named twice");

/** A known rider: where they live and what they usually need. */
export const RiderFields = z.strictObject({
  name: line(200),
  phone: line(40).nullish(),
  address: line(300).nullish(),
  notes: prose(2_000).nullish(),
  homeLat: Latitude.nullish(),
  homeLon: Longitude.nullish(),
  homeZip: line(12).nullish(),
  defaultLevel: LevelSchema.nullish(),
  needs: z.array(line(60)).max(20).optional(),
  ...RidingRuleFields,
  /** Riders who go together with this one, or never: the whole list as it shall be. */
  pairs: RiderPairs.optional(),
});
export type RiderFields = z.output<typeof RiderFields>;

const at = (rowId: string, column: string) => ({ table: "riders", column, rowId });

/** The columns of the fields that were given: what identifies a person is sealed, its look-up is a blind index. */
export function riderColumns(agencyId: string, id: string, fields: Partial<RiderFields>) {
  const { name, phone, address, notes, homeLat, homeLon, homeZip, defaultLevel, needs } = fields;
  const { preferredCrew, refusedCrew, mostAboard, maxRideMinutes } = fields;
  const hasHome = typeof homeLat === "number" && typeof homeLon === "number";
  return {
    ...(name !== undefined && {
      nameEnc: seal(at(id, "name_enc"), name) ?? "",
      nameTokens: nameTokens(agencyId, name),
    }),
    ...(phone !== undefined && {
      phoneEnc: seal(at(id, "phone_enc"), phone),
      phoneToken: phone ? phoneToken(agencyId, phone) : null,
    }),
    ...(address !== undefined && { addressEnc: seal(at(id, "address_enc"), address) }),
    ...(notes !== undefined && { notesEnc: seal(at(id, "notes_enc"), notes) }),
    ...(homeLat !== undefined && sealedHome(id, hasHome ? { lat: homeLat, lng: homeLon } : null)),
    ...(homeZip !== undefined && sealedHomeZip(id, homeZip)),
    ...(defaultLevel !== undefined && { defaultLevel }),
    ...(needs !== undefined && { needs }),
    ...(preferredCrew !== undefined && { preferredCrew }),
    ...(refusedCrew !== undefined && { refusedCrew }),
    ...(mostAboard !== undefined && { mostAboard }),
    ...(maxRideMinutes !== undefined && { maxRideMinutes }),
  };
}

/** Where somebody lives, sealed; what an earlier version stored in the clear goes. */
export const sealedHome = (id: string, home: LngLat | null) => ({
  homeEnc: seal(at(id, "home_enc"), home && `${home.lat},${home.lng}`),
  homeLocation: null,
});
export const sealedHomeZip = (id: string, zip: string | null) => ({
  homeZipEnc: seal(at(id, "home_zip_enc"), zip),
  homeZip: null,
});

/** The sealed home, or the one that the clean-up has not sealed yet. */
function homeOf({ id, homeEnc, homeLocation }: RiderRow): LngLat | null {
  const [lat, lng] = open(at(id, "home_enc"), homeEnc)?.split(",").map(Number) ?? [];
  return lat !== undefined && lng !== undefined ? { lat, lng } : homeLocation;
}

/** A rider in the clear, for who may read riders. */
export const presentRider = (row: RiderRow): RiderView => ({
  id: row.id,
  name: open(at(row.id, "name_enc"), row.nameEnc) ?? "",
  phone: open(at(row.id, "phone_enc"), row.phoneEnc),
  address: open(at(row.id, "address_enc"), row.addressEnc),
  notes: open(at(row.id, "notes_enc"), row.notesEnc),
  homeLat: homeOf(row)?.lat ?? null,
  homeLon: homeOf(row)?.lng ?? null,
  homeZip: open(at(row.id, "home_zip_enc"), row.homeZipEnc) ?? row.homeZip,
  defaultLevel: row.defaultLevel,
  needs: row.needs,
  preferredCrew: row.preferredCrew,
  refusedCrew: row.refusedCrew,
  mostAboard: row.mostAboard,
  maxRideMinutes: row.maxRideMinutes,
  active: row.deactivatedAt === null,
  version: row.version,
});

/** A rider as the API and the console show it. */
export const RiderView = z
  .object({
    id: z.uuid(),
    name: z.string(),
    phone: z.string().nullable(),
    address: z.string().nullable(),
    notes: z.string().nullable(),
    homeLat: z.number().nullable(),
    homeLon: z.number().nullable(),
    homeZip: z.string().nullable(),
    defaultLevel: LevelSchema.nullable(),
    needs: z.array(z.string()),
    preferredCrew: z.array(z.uuid()),
    refusedCrew: z.array(z.uuid()),
    mostAboard: z.int().nullable(),
    maxRideMinutes: z.int().nullable(),
    active: z.boolean(),
    version: z.int(),
  })
  .meta({ id: "Rider" });
export type RiderView = z.infer<typeof RiderView>;

/** A rider with those who go together with them, or never, and where they went lately. */
export const RiderDetail = RiderView.extend({
  pairs: z.array(z.object({ riderId: z.uuid(), name: z.string(), rule: PairRuleSchema })),
}).meta({ id: "RiderDetail" });
export type RiderDetail = z.infer<typeof RiderDetail>;
