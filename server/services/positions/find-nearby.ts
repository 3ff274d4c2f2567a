import "server-only";
import { z } from "zod";
import type { Tx } from "@/db/client";
import { agencyById } from "@/db/queries/agencies";
import { inServiceVehicles, type Near, nearestPositions } from "@/db/queries/nearest";
import type { Ctx } from "@/server/context";
import type { Vehicle } from "@/server/domain/fleet/vehicle";
import { AvailabilitySchema } from "@/server/domain/fleet/vocabulary";
import { LevelSchema } from "@/server/domain/trips/vocabulary";
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

type Found = { near: Near; vehicle: Vehicle };

/** In-service vehicles heard of within the hour, on shift or not, nearest first by the straight line. */
export const findNearby = (ctx: Ctx, query: NearbyQuery): Promise<{ items: NearbyVehicle[] }> =>
  read(ctx, async (tx) => {
    const found = await findFitting(tx, ctx, query);
    const at = { lng: query.lon, lat: query.lat };
    const { timeZone } = await agencyById(tx, ctx.actor.agencyId);
    const ways = found.map(({ near }) => ({ from: { lng: near.lon, lat: near.lat }, to: at, at: ctx.now }));
    const travels = await routingFor(timeZone).travel(ways);
    return { items: found.map((one, i) => showNearby(one, travels[i]?.durationS ?? null, ctx.now)) };
  });

const showNearby = ({ near, vehicle }: Found, etaS: number | null, now: Date): NearbyVehicle => ({
  vehicleId: vehicle.id,
  shiftId: vehicle.shift?.id ?? null,
  callSign: vehicle.shift?.callSign ?? vehicle.callSign,
  distanceM: Math.round(near.distanceM),
  etaS,
  availability: vehicle.availability,
  positionAgeS: ageSeconds(near, now),
});

/** Asks for more and more of the nearest until enough of them fit or the radius is passed. */
async function findFitting(tx: Tx, ctx: Ctx, query: NearbyQuery): Promise<Found[]> {
  const { agencyId } = ctx.actor;
  const since = new Date(ctx.now.getTime() - DARK_S * 1000);
  const at = { lng: query.lon, lat: query.lat };
  for (let limit = query.limit * 2; ; limit *= 4) {
    const nearest = await nearestPositions(tx, agencyId, at, { since, limit });
    const inside = nearest.filter((near) => near.distanceM <= query.radiusM);
    const rows = await inServiceVehicles(
      tx,
      agencyId,
      inside.map((near) => near.vehicleId),
    );
    const { level } = query;
    const fitting = new Map(rows.filter((row) => !level || row.levels.includes(level)).map((row) => [row.id, row]));
    const chosen = inside.filter((near) => fitting.has(near.vehicleId)).slice(0, query.limit);
    const isAll = nearest.length < limit || inside.length < nearest.length;
    if (chosen.length < query.limit && !isAll) continue;
    const chosenRows = chosen.flatMap((near) => fitting.get(near.vehicleId) ?? []);
    const shown = await showVehicles(tx, ctx, chosenRows);
    return chosen.flatMap((near, i) => (shown[i] ? [{ near, vehicle: shown[i] }] : []));
  }
}
