import "server-only";
import { z } from "zod";
import type { Tx } from "@/db/client";
import { agencyById } from "@/db/queries/agencies";
import { type NearPosition, nearestPositions } from "@/db/queries/nearest";
import type { VehicleRow } from "@/db/queries/vehicles";
import type { Ctx } from "@/server/context";
import type { Vehicle } from "@/server/domain/fleet/vehicle";
import { AvailabilitySchema } from "@/server/domain/fleet/vocabulary-schemas";
import type { LngLat } from "@/server/domain/geo/lng-lat";
import { LevelSchema } from "@/server/domain/trips/vocabulary-schemas";
import { ageSeconds, DARK_S } from "@/server/domain/units/freshness";
import { routingFor } from "@/server/integrations/routing/engine";
import { read } from "@/server/services/unit-of-work";
import { showVehicles } from "@/server/services/vehicles/show-vehicles";

const degrees = (limit: number) => z.string().trim().min(1).transform(Number).pipe(z.number().min(-limit).max(limit));

export const NearbyQuery = z.object({
  lat: degrees(90),
  lon: degrees(180),
  radiusM: z.coerce.number().positive().max(500_000).default(50_000),
  level: LevelSchema.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type NearbyQuery = z.output<typeof NearbyQuery>;

export const NearbyVehicle = z
  .object({
    vehicleId: z.uuid(),
    shiftId: z.uuid().nullable(),
    callSign: z.string(),
    distanceM: z.number(),
    /** By road as far as the engine knows; null = can't be reached. */
    etaS: z.number().nullable(),
    availability: AvailabilitySchema,
    positionAgeS: z.int(),
  })
  .meta({ id: "NearbyVehicle" });
export type NearbyVehicle = z.infer<typeof NearbyVehicle>;

type Found = NearPosition & { vehicle: VehicleRow };

/** In-service vehicles heard of within the hour, on shift or not, nearest first by the straight line. */
export const findNearby = (ctx: Ctx, query: NearbyQuery): Promise<{ items: NearbyVehicle[] }> =>
  read(ctx, async (tx) => {
    const at = { lng: query.lon, lat: query.lat };
    const [found, { timeZone }] = await Promise.all([
      findFitting(tx, ctx, at, query),
      agencyById(tx, ctx.actor.agencyId),
    ]);
    const vehicles = found.map(({ vehicle }) => vehicle);
    const ways = found.map(({ location }) => ({ from: location, to: at, at: ctx.now }));
    const [shown, travels] = await Promise.all([showVehicles(tx, ctx, vehicles), routingFor(timeZone).travel(ways)]);
    const items = found.flatMap((near, i) => {
      const vehicle = shown[i];
      return vehicle ? [showNearby(near, vehicle, travels[i]?.durationS ?? null, ctx.now)] : [];
    });
    return { items };
  });

const showNearby = (near: Found, vehicle: Vehicle, etaS: number | null, now: Date): NearbyVehicle => ({
  vehicleId: vehicle.id,
  shiftId: vehicle.shift?.id ?? null,
  callSign: vehicle.shift?.callSign ?? vehicle.callSign,
  distanceM: Math.round(near.distanceM),
  etaS,
  availability: vehicle.availability,
  positionAgeS: ageSeconds(near, now),
});

/** Asks for more and more of the nearest until enough of them fit or the radius is passed. */
async function findFitting(tx: Tx, ctx: Ctx, at: LngLat, { level, radiusM, limit: most }: NearbyQuery) {
  const since = new Date(ctx.now.getTime() - DARK_S * 1000);
  for (let limit = most * 2; ; limit *= 4) {
    const nearest = await nearestPositions(tx, ctx.actor.agencyId, at, { since, limit, level });
    const inside = nearest.filter(({ distanceM }) => distanceM <= radiusM);
    const fitting = inside.filter((near): near is Found => near.vehicle !== null);
    const isAll = nearest.length < limit || inside.length < nearest.length;
    if (fitting.length >= most || isAll) return fitting.slice(0, most);
  }
}
