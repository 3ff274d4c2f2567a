import { and, asc, eq, gt, inArray, isNull, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { vehiclePositions, vehicles } from "@/db/schema";

export type VehicleRow = typeof vehicles.$inferSelect;
export type NewVehicle = typeof vehicles.$inferInsert;
export type PositionRow = typeof vehiclePositions.$inferSelect;

export const insertVehicles = (tx: Tx, rows: NewVehicle[]): Promise<VehicleRow[]> =>
  tx.insert(vehicles).values(rows).returning();

export const vehicleById = async (tx: Tx, agencyId: string, id: string): Promise<VehicleRow | undefined> =>
  (
    await tx
      .select()
      .from(vehicles)
      .where(and(eq(vehicles.agencyId, agencyId), eq(vehicles.id, id)))
  )[0];

/** The same, and nobody changes it until the transaction ends. */
export const vehicleToUse = async (tx: Tx, agencyId: string, id: string): Promise<VehicleRow | undefined> =>
  (
    await tx
      .select()
      .from(vehicles)
      .where(and(eq(vehicles.agencyId, agencyId), eq(vehicles.id, id)))
      .for("share")
  )[0];

/** The vehicles with these numbers, and nobody takes one out of the fleet until the transaction ends. */
export const vehiclesByNo = (tx: Tx, agencyId: string, numbers: string[]): Promise<VehicleRow[]> =>
  numbers.length === 0
    ? Promise.resolve([])
    : tx
        .select()
        .from(vehicles)
        .where(
          and(eq(vehicles.agencyId, agencyId), inArray(vehicles.vehicleNo, numbers), isNull(vehicles.deactivatedAt)),
        )
        .for("share");

/** Vehicles of the fleet, oldest first, behind `afterId`. */
export const listVehicleRows = (
  tx: Tx,
  agencyId: string,
  { limit, afterId }: { limit: number; afterId?: string | undefined },
) =>
  tx
    .select()
    .from(vehicles)
    .where(
      and(
        eq(vehicles.agencyId, agencyId),
        isNull(vehicles.deactivatedAt),
        afterId ? gt(vehicles.id, afterId) : undefined,
      ),
    )
    .orderBy(asc(vehicles.id))
    .limit(limit);

/** @returns the new row, undefined when there is none of this version */
export const updateVehicle = async (
  tx: Tx,
  key: { agencyId: string; id: string; version?: number | undefined },
  set: Partial<NewVehicle>,
): Promise<VehicleRow | undefined> =>
  (
    await tx
      .update(vehicles)
      .set({ ...set, version: sql`${vehicles.version} + 1`, updatedAt: sql`now()` })
      .where(
        and(
          eq(vehicles.agencyId, key.agencyId),
          eq(vehicles.id, key.id),
          isNull(vehicles.deactivatedAt),
          key.version === undefined ? undefined : eq(vehicles.version, key.version),
        ),
      )
      .returning()
  )[0];

/** The newest fix of each of these vehicles that has one. */
export const newestPositions = (tx: Tx, agencyId: string, vehicleIds: string[]): Promise<PositionRow[]> =>
  vehicleIds.length === 0
    ? Promise.resolve([])
    : tx
        .select()
        .from(vehiclePositions)
        .where(and(eq(vehiclePositions.agencyId, agencyId), inArray(vehiclePositions.vehicleId, vehicleIds)));
