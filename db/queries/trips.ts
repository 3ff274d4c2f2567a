import { and, arrayContains, asc, desc, eq, exists, gte, inArray, isNull, lt, or, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { assignments, counters, shiftCrew, trips } from "@/db/schema";
import type { TripStatus } from "@/server/domain/trips/vocabulary";

export type TripRow = typeof trips.$inferSelect;
export type NewTrip = typeof trips.$inferInsert;
export type TripFilter = {
  statuses?: readonly TripStatus[] | undefined;
  /** Half-open, of the time the trip was wanted. */
  from?: Date | undefined;
  to?: Date | undefined;
  vehicleId?: string | undefined;
  /** Only trips that a shift of this person has or had. */
  crewUserId?: string | undefined;
  /** All of these must be there (blind index). */
  tokens?: readonly string[] | undefined;
  number?: string | undefined;
  before?: { requestedAt: Date; id: string } | undefined;
  limit: number;
};

/** The next number of a series of an agency: each is given once, in order of commit. */
export async function nextNumber(tx: Tx, agencyId: string, name: string): Promise<number> {
  const [row] = await tx
    .insert(counters)
    .values({ agencyId, name, value: 1 })
    .onConflictDoUpdate({ target: [counters.agencyId, counters.name], set: { value: sql`${counters.value} + 1` } })
    .returning({ value: counters.value });
  if (!row) throw new Error("the counter gave no number");
  return row.value;
}

export async function insertTrip(tx: Tx, row: NewTrip): Promise<TripRow> {
  const [made] = await tx.insert(trips).values(row).returning();
  if (!made) throw new Error("the trip was not stored");
  return made;
}

const isTrip = (agencyId: string, id: string) => and(eq(trips.agencyId, agencyId), eq(trips.id, id));

export const tripById = async (tx: Tx, agencyId: string, id: string): Promise<TripRow | undefined> =>
  (await tx.select().from(trips).where(isTrip(agencyId, id)))[0];

export const tripsByIds = (tx: Tx, agencyId: string, ids: string[]): Promise<TripRow[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : tx
        .select()
        .from(trips)
        .where(and(eq(trips.agencyId, agencyId), inArray(trips.id, ids)));

/** The same, locked until the transaction ends. Lock a trip before a shift, several by id. */
export const lockTrip = async (tx: Tx, agencyId: string, id: string): Promise<TripRow | undefined> =>
  (await tx.select().from(trips).where(isTrip(agencyId, id)).for("update"))[0];

/**
 * The same for whoever holds a shift already: it doesn't wait, since the one who has the trip may wait for the shift.
 * @throws lock_not_available (55P03) when somebody has it; `write` starts over then
 */
export const lockTripNow = async (tx: Tx, agencyId: string, id: string): Promise<TripRow | undefined> =>
  (await tx.select().from(trips).where(isTrip(agencyId, id)).for("update", { noWait: true }))[0];

/** Changes a locked trip and counts the version. */
export async function updateTrip(tx: Tx, agencyId: string, id: string, set: Partial<NewTrip>): Promise<TripRow> {
  const [row] = await tx
    .update(trips)
    .set({ ...set, version: sql`${trips.version} + 1`, updatedAt: sql`now()` })
    .where(isTrip(agencyId, id))
    .returning();
  if (!row) throw new Error("the trip to change is gone");
  return row;
}

/**
 * Sets estimates without counting a version: nobody edits them, and they must not make an edit stale. A trip that
 * somebody is changing is left out, not waited for: who changes it estimates it again.
 * @returns whether they were set
 */
export const setEstimates = async (
  tx: Tx,
  agencyId: string,
  id: string,
  set: { etaPickupAt: Date | null; etaDropoffAt: Date | null },
): Promise<boolean> => {
  const free = tx.select({ id: trips.id }).from(trips).where(isTrip(agencyId, id)).for("update", { skipLocked: true });
  const done = await tx
    .update(trips)
    .set(set)
    .where(and(eq(trips.agencyId, agencyId), inArray(trips.id, free)))
    .returning({ id: trips.id });
  return done.length > 0;
};

/** Trips that match, latest wanted first. */
export const listTripRows = (tx: Tx, agencyId: string, filter: TripFilter): Promise<TripRow[]> => {
  const { statuses, from, to, before, tokens, number } = filter;
  const named = [
    tokens && tokens.length > 0 ? arrayContains(trips.searchTokens, [...tokens]) : undefined,
    number ? eq(trips.number, number) : undefined,
  ].filter((condition) => condition !== undefined);
  return tx
    .select()
    .from(trips)
    .where(
      and(
        eq(trips.agencyId, agencyId),
        statuses && inArray(trips.status, [...statuses]),
        from && gte(trips.requestedAt, from),
        to && lt(trips.requestedAt, to),
        or(...named),
        heldBy(tx, filter),
        before &&
          or(
            lt(trips.requestedAt, before.requestedAt),
            and(eq(trips.requestedAt, before.requestedAt), lt(trips.id, before.id)),
          ),
      ),
    )
    .orderBy(desc(trips.requestedAt), desc(trips.id))
    .limit(filter.limit);
};

/** Is, or was, the trip with this vehicle, or with a shift of this person? */
function heldBy(tx: Tx, { vehicleId, crewUserId }: TripFilter) {
  if (vehicleId === undefined && crewUserId === undefined) return undefined;
  const onShift =
    crewUserId === undefined
      ? undefined
      : inArray(
          assignments.shiftId,
          tx
            .select({ id: shiftCrew.shiftId })
            .from(shiftCrew)
            .where(
              and(
                eq(shiftCrew.agencyId, trips.agencyId),
                eq(shiftCrew.userId, crewUserId),
                isNull(shiftCrew.removedAt),
              ),
            ),
        );
  return exists(
    tx
      .select({ one: sql`1` })
      .from(assignments)
      .where(
        and(
          eq(assignments.agencyId, trips.agencyId),
          eq(assignments.tripId, trips.id),
          vehicleId === undefined
            ? undefined
            : and(eq(assignments.vehicleId, vehicleId), eq(assignments.current, true)),
          onShift,
        ),
      ),
  );
}

/** Trips a person's shifts have in a period, or are doing now; queued ones that nobody was told of are left out. */
export const tripRowsOfCrew = (tx: Tx, agencyId: string, userId: string, period: { from: Date; to: Date }) =>
  tx
    .select({ trip: trips })
    .from(trips)
    .innerJoin(
      assignments,
      and(eq(assignments.agencyId, trips.agencyId), eq(assignments.tripId, trips.id), eq(assignments.current, true)),
    )
    .innerJoin(
      shiftCrew,
      and(
        eq(shiftCrew.agencyId, trips.agencyId),
        eq(shiftCrew.shiftId, assignments.shiftId),
        eq(shiftCrew.userId, userId),
        isNull(shiftCrew.removedAt),
      ),
    )
    .where(
      and(
        eq(trips.agencyId, agencyId),
        sql`not (${assignments.mode} = 'stack' and ${assignments.status} = 'reserved')`,
        or(
          and(gte(trips.requestedAt, period.from), lt(trips.requestedAt, period.to)),
          and(isNull(trips.closedAt), sql`${assignments.status} <> 'reserved'`),
        ),
      ),
    )
    .orderBy(asc(trips.requestedAt), asc(trips.id))
    // A unit that helped and then carried the rider has the trip twice.
    .then((rows) => [...new Map(rows.map(({ trip }) => [trip.id, trip])).values()]);
