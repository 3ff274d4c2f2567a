import "server-only";
import type { Tx } from "@/db/client";
import { facilitiesByIds } from "@/db/queries/trip-places";
import type { Ctx } from "@/server/context";
import type { LngLat } from "@/server/domain/geo/lng-lat";
import type { EndInput } from "@/server/domain/trips/inputs";
import type { EndTimes } from "@/server/domain/trips/windows";
import { ruleBroken } from "@/server/errors";

/** One end of a trip with its facility looked up. */
export type ReadEnd = EndTimes & {
  facilityId: string | null;
  address: string | null;
  zip: string | null;
  location: LngLat;
  notes: string | null;
};

/**
 * Turns what was sent into a place: a facility gives its entrance and ZIP unless a point is sent with it.
 * @throws AppError rule_broken when the facility is not one of this agency
 */
export async function readEnd(tx: Tx, { actor }: Ctx, path: "pickup" | "dropoff", input: EndInput): Promise<ReadEnd> {
  const facilityId = input.facilityId ?? null;
  const found = facilityId ? (await facilitiesByIds(tx, actor.agencyId, [facilityId])).get(facilityId) : undefined;
  const facility = found?.deactivatedAt ? undefined : found;
  if (facilityId && !facility) throw ruleBroken(`${path}.facilityId`, "unknown", "there is no such facility");
  const point =
    typeof input.lat === "number" && typeof input.lon === "number" ? { lng: input.lon, lat: input.lat } : null;
  const location = point ?? facility?.location;
  if (!location) throw ruleBroken(path, "required", "a facility, or lat and lon");
  return {
    facilityId,
    address: input.address ?? null,
    zip: input.zip ?? facility?.zip ?? null,
    location,
    notes: input.notes ?? null,
    at: input.at ?? null,
    earliest: input.earliest ?? null,
    latest: input.latest ?? null,
  };
}
