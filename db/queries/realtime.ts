import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { assignments, realtimeLeases, shiftCrew, shifts, trips } from "@/db/schema";

export type RealtimeLease = { socketId: string; expiresAt: Date };

/** A person's leases, also those that ran out. */
export const realtimeLeasesOf = (tx: Tx, agencyId: string, userId: string): Promise<RealtimeLease[]> =>
  tx
    .select({ socketId: realtimeLeases.socketId, expiresAt: realtimeLeases.expiresAt })
    .from(realtimeLeases)
    .where(and(eq(realtimeLeases.agencyId, agencyId), eq(realtimeLeases.userId, userId)));

/** Lets one request at a time decide about a person's connections, until the transaction ends. */
export const lockRealtimeLeases = async (tx: Tx, userId: string): Promise<void> => {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`realtime:${userId}`}, 0))`);
};

/** Writes or prolongs leases on these sockets. */
export const putRealtimeLeases = async (
  tx: Tx,
  rows: { agencyId: string; userId: string; socketId: string; sessionId: string; expiresAt: Date }[],
): Promise<void> => {
  if (rows.length === 0) return;
  await tx
    .insert(realtimeLeases)
    .values(rows)
    .onConflictDoUpdate({
      target: [realtimeLeases.agencyId, realtimeLeases.userId, realtimeLeases.socketId],
      set: { expiresAt: sql`excluded.expires_at` },
    });
};

/** Drops a person's leases on these sockets. */
export const dropRealtimeLeases = async (
  tx: Tx,
  agencyId: string,
  userId: string,
  socketIds: string[],
): Promise<void> => {
  if (socketIds.length === 0) return;
  await tx
    .delete(realtimeLeases)
    .where(
      and(
        eq(realtimeLeases.agencyId, agencyId),
        eq(realtimeLeases.userId, userId),
        inArray(realtimeLeases.socketId, socketIds),
      ),
    );
};

/** Trips by id with the epoch of their channel. */
export const tripsToFollow = (tx: Tx, agencyId: string, tripIds: string[]) =>
  tripIds.length === 0
    ? Promise.resolve([])
    : tx
        .select({ tripId: trips.id, channelEpoch: trips.channelEpoch })
        .from(trips)
        .where(and(eq(trips.agencyId, agencyId), inArray(trips.id, tripIds)));

/** The shifts that hold these trips now and have this person in their crew. */
export const ownShiftsOfTrips = (tx: Tx, agencyId: string, tripIds: string[], userId: string) =>
  tripIds.length === 0
    ? Promise.resolve([])
    : tx
        .select({
          tripId: assignments.tripId,
          startsAt: shifts.startsAt,
          endsAt: shifts.endsAt,
          signedOnAt: shifts.signedOnAt,
          signedOffAt: shifts.signedOffAt,
        })
        .from(assignments)
        .innerJoin(shifts, and(eq(shifts.agencyId, assignments.agencyId), eq(shifts.id, assignments.shiftId)))
        .innerJoin(shiftCrew, and(eq(shiftCrew.agencyId, shifts.agencyId), eq(shiftCrew.shiftId, shifts.id)))
        .where(
          and(
            eq(assignments.agencyId, agencyId),
            inArray(assignments.tripId, tripIds),
            eq(assignments.current, true),
            isNull(assignments.endedAt),
            eq(shiftCrew.userId, userId),
            isNull(shiftCrew.removedAt),
          ),
        );
