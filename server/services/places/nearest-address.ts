import "server-only";
import { z } from "zod";
import { nearestAddressRow } from "@/db/queries/addresses";
import type { Ctx } from "@/server/context";
import { read } from "@/server/services/unit-of-work";

/** Farther from every house than this, a point has no address. */
const FARTHEST_M = 800;

export const NearestAddressInput = z.strictObject({
  lat: z.number().min(-90).max(90),
  lon: z.number().min(-180).max(180),
});
export type NearestAddressInput = z.infer<typeof NearestAddressInput>;

/** `lat`, `lon` are the house's; `distanceM` is how far from it the point was. */
export const NearestAddress = z.object({
  label: z.string(),
  lat: z.number(),
  lon: z.number(),
  zip: z.string().nullable(),
  distanceM: z.number(),
});
export type NearestAddress = z.infer<typeof NearestAddress>;

/** The address nearest to a point on the map, null when there is none within 800 m. */
export const nearestAddress = (ctx: Ctx, { lat, lon }: NearestAddressInput): Promise<NearestAddress | null> =>
  read(ctx, async (tx) => {
    const found = await nearestAddressRow(tx, ctx.actor.agencyId, { lng: lon, lat });
    if (!found || found.distanceM > FARTHEST_M) return null;
    const where = [found.place, found.zip].filter(Boolean).join(" ");
    const label = `${found.houseNumber} ${found.street}${where ? `, ${where}` : ""}`;
    return { label, lat: found.lat, lon: found.lon, zip: found.zip, distanceM: Math.round(found.distanceM) };
  });
