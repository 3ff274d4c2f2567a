import { and, asc, desc, eq, gt, inArray, isNull, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { devices, vehiclePositions } from "@/db/schema";
import type { DeviceRow as IngestDevice } from "./ingest-lookups";

export type DeviceRow = typeof devices.$inferSelect;
export type NewDevice = typeof devices.$inferInsert;

const isRow = (agencyId: string, id: string) => and(eq(devices.agencyId, agencyId), eq(devices.id, id));

export const insertDevice = async (tx: Tx, row: NewDevice): Promise<DeviceRow> => {
  const [made] = await tx.insert(devices).values(row).returning();
  if (!made) throw new Error("insert gave no row");
  return made;
};

export const insertDevices = async (tx: Tx, rows: NewDevice[]): Promise<void> => {
  await tx.insert(devices).values(rows);
};

/** Which of these labels an active device has. */
export const labelsInUse = async (tx: Tx, agencyId: string, labels: string[]): Promise<string[]> => {
  if (labels.length === 0) return [];
  const rows = await tx
    .select({ label: devices.label })
    .from(devices)
    .where(and(eq(devices.agencyId, agencyId), inArray(devices.label, labels), isNull(devices.deactivatedAt)));
  return rows.map(({ label }) => label);
};

export const deviceById = async (tx: Tx, agencyId: string, id: string): Promise<DeviceRow | undefined> =>
  (await tx.select().from(devices).where(isRow(agencyId, id)))[0];

/** A person's own active devices of this label, newest first. */
export const devicesOfUser = (tx: Tx, agencyId: string, userId: string, label: string): Promise<DeviceRow[]> =>
  tx
    .select()
    .from(devices)
    .where(
      and(
        eq(devices.agencyId, agencyId),
        eq(devices.userId, userId),
        eq(devices.label, label),
        isNull(devices.deactivatedAt),
      ),
    )
    .orderBy(desc(devices.id));

/** The newest live position that this device gave, of whichever vehicle. */
export const livePositionOf = async (tx: Tx, agencyId: string, deviceId: string) =>
  (
    await tx
      .select()
      .from(vehiclePositions)
      .where(and(eq(vehiclePositions.agencyId, agencyId), eq(vehiclePositions.deviceId, deviceId)))
      .orderBy(desc(vehiclePositions.receivedAt))
      .limit(1)
  )[0];

/** Active devices, oldest first, behind `afterId`. */
export const listDeviceRows = (
  tx: Tx,
  agencyId: string,
  { limit, afterId }: { limit: number; afterId?: string | undefined },
): Promise<DeviceRow[]> =>
  tx
    .select()
    .from(devices)
    .where(
      and(eq(devices.agencyId, agencyId), isNull(devices.deactivatedAt), afterId ? gt(devices.id, afterId) : undefined),
    )
    .orderBy(asc(devices.id))
    .limit(limit);

/** @returns the new row, undefined when there is no active one of this version */
export const updateDevice = async (
  tx: Tx,
  key: { agencyId: string; id: string; version?: number | undefined },
  set: Partial<NewDevice>,
): Promise<DeviceRow | undefined> =>
  (
    await tx
      .update(devices)
      .set({ ...set, version: sql`${devices.version} + 1`, updatedAt: sql`now()` })
      .where(
        and(
          isRow(key.agencyId, key.id),
          isNull(devices.deactivatedAt),
          key.version === undefined ? undefined : eq(devices.version, key.version),
        ),
      )
      .returning()
  )[0];

/** The active device with this label, as the GPS path wants it. */
export async function deviceByLabel(tx: Tx, agencyId: string, label: string): Promise<IngestDevice | undefined> {
  const [row] = await tx
    .select()
    .from(devices)
    .where(and(eq(devices.agencyId, agencyId), eq(devices.label, label), isNull(devices.deactivatedAt)))
    .orderBy(asc(devices.id))
    .limit(1);
  if (!row) return undefined;
  const { id, vehicleId, userId, speedUnit, firstSeenAt } = row;
  return { agencyId, id, vehicleId, userId, speedUnit, seenBefore: firstSeenAt !== null, expiresAt: null };
}
