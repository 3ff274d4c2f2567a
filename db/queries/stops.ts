import { and, asc, eq, inArray, isNotNull, isNull, notInArray, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { assignments, riders, shifts, stops, trips } from "@/db/schema";

export type StopRow = typeof stops.$inferSelect;
export type NewStop = typeof stops.$inferInsert;

/** Stops of these shifts that are not left yet, in order, with the riders and the state of their trips. */
export const manifestsOf = (tx: Tx, agencyId: string, shiftIds: string[]) =>
  tx
    .select({
      stop: stops,
      passengers: trips.passengers,
      // Never null first: drizzle takes a joined object whose first column is null for a row that is not there.
      estimates: {
        channelEpoch: trips.channelEpoch,
        etaPickupAt: trips.etaPickupAt,
        etaDropoffAt: trips.etaDropoffAt,
      },
      assignmentStatus: assignments.status,
      riding: { id: riders.id, mostAboard: riders.mostAboard },
    })
    .from(stops)
    .leftJoin(trips, and(eq(trips.agencyId, stops.agencyId), eq(trips.id, stops.tripId)))
    .leftJoin(assignments, and(eq(assignments.agencyId, stops.agencyId), eq(assignments.id, stops.assignmentId)))
    .leftJoin(riders, and(eq(riders.agencyId, trips.agencyId), eq(riders.id, trips.riderId)))
    .where(
      and(
        eq(stops.agencyId, agencyId),
        inArray(stops.shiftId, shiftIds),
        isNull(stops.removedAt),
        isNull(stops.departedAt),
      ),
    )
    .orderBy(asc(stops.shiftId), asc(stops.seq), asc(stops.id));
export type ManifestRow = Awaited<ReturnType<typeof manifestsOf>>[number];

/** The same of one shift. */
export const manifestOf = (tx: Tx, agencyId: string, shiftId: string): Promise<ManifestRow[]> =>
  manifestsOf(tx, agencyId, [shiftId]);

export const insertStops = async (tx: Tx, rows: NewStop[]): Promise<void> => {
  if (rows.length > 0) await tx.insert(stops).values(rows);
};

/** Numbers the stops in this order, from `first` on, in steps of ten. */
export const orderStops = async (tx: Tx, agencyId: string, ids: string[], first: number): Promise<void> => {
  if (ids.length === 0) return;
  await tx.execute(sql`
    update ${stops} set seq = ${first}::int + 10 * (o.place::int - 1), updated_at = now()
    from unnest(${`{${ids.join(",")}}`}::uuid[]) with ordinality as o(id, place)
    where ${stops.agencyId} = ${agencyId} and ${stops.id} = o.id`);
};

/** The number after the last stop that was left. */
export const lastSeq = async (tx: Tx, agencyId: string, shiftId: string): Promise<number> => {
  const [row] = await tx
    .select({ seq: sql<number | null>`max(${stops.seq})` })
    .from(stops)
    .where(and(eq(stops.agencyId, agencyId), eq(stops.shiftId, shiftId), sql`${stops.departedAt} is not null`));
  return row?.seq ?? 0;
};

/** Takes the stops of an assignment that were not left off the manifest. */
export const removeStopsOf = async (tx: Tx, agencyId: string, assignmentId: string, at: Date): Promise<void> => {
  await tx
    .update(stops)
    .set({ removedAt: at, updatedAt: at })
    .where(
      and(
        eq(stops.agencyId, agencyId),
        eq(stops.assignmentId, assignmentId),
        isNull(stops.departedAt),
        isNull(stops.removedAt),
      ),
    );
};

/** Changes the stop of an assignment: its arrival, its place. */
export const updateStopOf = async (
  tx: Tx,
  agencyId: string,
  key: { assignmentId: string; kind: "pickup" | "dropoff" | "wait" },
  set: Partial<NewStop>,
): Promise<StopRow | undefined> =>
  (
    await tx
      .update(stops)
      .set({ ...set, version: sql`${stops.version} + 1`, updatedAt: sql`now()` })
      .where(
        and(
          eq(stops.agencyId, agencyId),
          eq(stops.assignmentId, key.assignmentId),
          eq(stops.kind, key.kind),
          isNull(stops.removedAt),
        ),
      )
      .returning()
  )[0];

/** Whether a person holds a stop where it is. */
export const setStopLock = async (tx: Tx, agencyId: string, id: string, locked: boolean): Promise<void> => {
  await tx
    .update(stops)
    .set({ locked, version: sql`${stops.version} + 1`, updatedAt: sql`now()` })
    .where(and(eq(stops.agencyId, agencyId), eq(stops.id, id)));
};

/** Sets the estimated arrivals of several stops. */
export const setStopEstimates = async (
  tx: Tx,
  agencyId: string,
  etas: { id: string; etaAt: Date }[],
): Promise<void> => {
  if (etas.length === 0) return;
  const ids = `{${etas.map(({ id }) => id).join(",")}}`;
  const times = `{${etas.map(({ etaAt }) => etaAt.toISOString()).join(",")}}`;
  await tx.execute(sql`
    update ${stops} set eta_at = e.eta_at from unnest(${ids}::uuid[], ${times}::timestamptz[]) as e(id, eta_at)
    where ${stops.agencyId} = ${agencyId} and ${stops.id} = e.id`);
};

/** Sets when several stops are planned. */
export const setStopPlans = async (
  tx: Tx,
  agencyId: string,
  plans: { id: string; plannedAt: Date }[],
): Promise<void> => {
  if (plans.length === 0) return;
  const ids = `{${plans.map(({ id }) => id).join(",")}}`;
  const times = `{${plans.map(({ plannedAt }) => plannedAt.toISOString()).join(",")}}`;
  await tx.execute(sql`
    update ${stops} set planned_at = p.planned_at from unnest(${ids}::uuid[], ${times}::timestamptz[]) as p(id, planned_at)
    where ${stops.agencyId} = ${agencyId} and ${stops.id} = p.id`);
};

/** Forgets the estimates of stops that nothing is known about any more. */
export const clearStopEstimates = async (tx: Tx, agencyId: string, ids: string[]): Promise<void> => {
  if (ids.length === 0) return;
  await tx
    .update(stops)
    .set({ etaAt: null })
    .where(and(eq(stops.agencyId, agencyId), inArray(stops.id, ids)));
};

/** Counts a change of a locked shift's manifest. @returns the new number */
export async function bumpManifest(tx: Tx, agencyId: string, shiftId: string): Promise<number> {
  const [row] = await tx
    .update(shifts)
    .set({ manifestVersion: sql`${shifts.manifestVersion} + 1` })
    .where(and(eq(shifts.agencyId, agencyId), eq(shifts.id, shiftId)))
    .returning({ manifestVersion: shifts.manifestVersion });
  if (!row) throw new Error("the shift of the manifest is gone");
  return row.manifestVersion;
}

/** Takes breaks that are not begun, and are none of these, off a manifest. @returns whether there was one */
export const removeOtherBreaks = async (
  tx: Tx,
  agencyId: string,
  shiftId: string,
  kept: string[],
  at: Date,
): Promise<boolean> => {
  const gone = await tx
    .update(stops)
    .set({ removedAt: at, updatedAt: at })
    .where(
      and(
        eq(stops.agencyId, agencyId),
        eq(stops.shiftId, shiftId),
        isNotNull(stops.breakId),
        kept.length > 0 ? notInArray(stops.breakId, kept) : undefined,
        isNull(stops.arrivedAt),
        isNull(stops.removedAt),
      ),
    )
    .returning({ id: stops.id });
  return gone.length > 0;
};

/** A break begins, or ends. */
export const setBreakStop = async (
  tx: Tx,
  agencyId: string,
  breakId: string,
  set: { arrivedAt: Date } | { departedAt: Date },
): Promise<void> => {
  await tx
    .update(stops)
    .set({ ...set, version: sql`${stops.version} + 1`, updatedAt: sql`now()` })
    .where(and(eq(stops.agencyId, agencyId), eq(stops.breakId, breakId), isNull(stops.removedAt)));
};
