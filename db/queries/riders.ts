import { and, arrayContains, desc, eq, inArray, isNotNull, isNull, or, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { riders, trips } from "@/db/schema";

export type RiderRow = typeof riders.$inferSelect;
type Change = Partial<Omit<typeof riders.$inferInsert, "agencyId" | "id" | "version">>;

const isRow = (agencyId: string, id: string) => and(eq(riders.agencyId, agencyId), eq(riders.id, id));

export const insertRider = async (tx: Tx, row: typeof riders.$inferInsert): Promise<RiderRow> => {
  const [made] = await tx.insert(riders).values(row).returning();
  if (!made) throw new Error("insert gave no row");
  return made;
};

export const riderById = async (tx: Tx, agencyId: string, id: string): Promise<RiderRow | undefined> =>
  (await tx.select().from(riders).where(isRow(agencyId, id)))[0];

export const ridersByIds = (tx: Tx, agencyId: string, ids: string[]): Promise<RiderRow[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : tx
        .select()
        .from(riders)
        .where(and(eq(riders.agencyId, agencyId), inArray(riders.id, ids)));

export const lockRider = async (tx: Tx, agencyId: string, id: string): Promise<RiderRow | undefined> =>
  (await tx.select().from(riders).where(isRow(agencyId, id)).for("update"))[0];

export const updateRider = async (tx: Tx, agencyId: string, id: string, set: Change): Promise<RiderRow | undefined> =>
  (
    await tx
      .update(riders)
      .set({ ...set, version: sql`${riders.version} + 1`, updatedAt: sql`now()` })
      .where(isRow(agencyId, id))
      .returning()
  )[0];

type Home = Pick<Change, "homeEnc" | "homeZipEnc" | "homeLocation" | "homeZip">;

/** Riders whose home still stands in the clear, locked; those that somebody edits now are passed over. */
export const ridersWithOpenHome = (tx: Tx, agencyId: string, limit: number): Promise<RiderRow[]> =>
  tx
    .select()
    .from(riders)
    .where(and(eq(riders.agencyId, agencyId), or(isNotNull(riders.homeLocation), isNotNull(riders.homeZip))))
    .limit(limit)
    .for("update", { skipLocked: true });

/** Stores a home another way: it is the same home, and no edit. */
export const setRiderHome = async (tx: Tx, agencyId: string, id: string, home: Home): Promise<void> => {
  await tx.update(riders).set(home).where(isRow(agencyId, id));
};

/** Active riders whose name has every token, or whose phone has the token; the last changed first. */
export const ridersByTokens = (
  tx: Tx,
  agencyId: string,
  { nameTokens = [], phoneToken, limit }: { nameTokens?: string[]; phoneToken: string | null; limit: number },
): Promise<RiderRow[]> => {
  const byName = nameTokens.length > 0 ? arrayContains(riders.nameTokens, nameTokens) : undefined;
  const byPhone = phoneToken ? eq(riders.phoneToken, phoneToken) : undefined;
  return tx
    .select()
    .from(riders)
    .where(and(eq(riders.agencyId, agencyId), isNull(riders.deactivatedAt), or(byName, byPhone)))
    .orderBy(desc(riders.updatedAt))
    .limit(limit);
};

/** A rider's last trips, newest first: where they usually go. */
export const lastTripsOfRider = (tx: Tx, agencyId: string, riderId: string, limit: number) =>
  tx
    .select({
      id: trips.id,
      number: trips.number,
      level: trips.level,
      requestedAt: trips.requestedAt,
      pickupFacilityId: trips.pickupFacilityId,
      dropoffFacilityId: trips.dropoffFacilityId,
    })
    .from(trips)
    .where(and(eq(trips.agencyId, agencyId), eq(trips.riderId, riderId)))
    .orderBy(desc(trips.requestedAt))
    .limit(limit);
