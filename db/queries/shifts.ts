import { and, asc, eq, gt, inArray, isNull, lt, or, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { accounts, shiftCrew, shifts, unitEvents, users } from "@/db/schema";

export type ShiftRow = typeof shifts.$inferSelect;
export type NewShift = typeof shifts.$inferInsert;
export type CrewRow = typeof shiftCrew.$inferSelect;
export type ShiftFilter = {
  from?: Date | undefined;
  to?: Date | undefined;
  vehicleId?: string | undefined;
  /** Only shifts this person is on. */
  userId?: string | undefined;
  after?: { startsAt: Date; id: string } | undefined;
  limit: number;
};

export const insertShifts = (tx: Tx, rows: NewShift[]): Promise<ShiftRow[]> =>
  tx.insert(shifts).values(rows).returning();

export const shiftById = async (tx: Tx, agencyId: string, id: string): Promise<ShiftRow | undefined> =>
  (
    await tx
      .select()
      .from(shifts)
      .where(and(eq(shifts.agencyId, agencyId), eq(shifts.id, id)))
  )[0];

export const shiftsByIds = (tx: Tx, agencyId: string, ids: string[]): Promise<ShiftRow[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : tx
        .select()
        .from(shifts)
        .where(and(eq(shifts.agencyId, agencyId), inArray(shifts.id, ids)));

/** The same, locked until the transaction ends. */
export const lockShift = async (tx: Tx, agencyId: string, id: string): Promise<ShiftRow | undefined> =>
  (
    await tx
      .select()
      .from(shifts)
      .where(and(eq(shifts.agencyId, agencyId), eq(shifts.id, id)))
      .for("update")
  )[0];

/** Locks several shifts, by id, so that nobody who does the same waits in a circle. */
export const lockShifts = (tx: Tx, agencyId: string, ids: string[]): Promise<ShiftRow[]> =>
  tx
    .select()
    .from(shifts)
    .where(and(eq(shifts.agencyId, agencyId), inArray(shifts.id, ids)))
    .orderBy(asc(shifts.id))
    .for("update");

const onShift = (tx: Tx, agencyId: string, userId: string) =>
  tx
    .select({ id: shiftCrew.shiftId })
    .from(shiftCrew)
    .where(and(eq(shiftCrew.agencyId, agencyId), eq(shiftCrew.userId, userId), isNull(shiftCrew.removedAt)));

/** Shifts whose planned period touches [from, to), by start. */
export const listShiftRows = (tx: Tx, agencyId: string, filter: ShiftFilter): Promise<ShiftRow[]> => {
  const { from, to, vehicleId, userId, after, limit } = filter;
  return tx
    .select()
    .from(shifts)
    .where(
      and(
        eq(shifts.agencyId, agencyId),
        isNull(shifts.deactivatedAt),
        from && gt(shifts.endsAt, from),
        to && lt(shifts.startsAt, to),
        vehicleId === undefined ? undefined : eq(shifts.vehicleId, vehicleId),
        userId === undefined ? undefined : inArray(shifts.id, onShift(tx, agencyId, userId)),
        after &&
          or(gt(shifts.startsAt, after.startsAt), and(eq(shifts.startsAt, after.startsAt), gt(shifts.id, after.id))),
      ),
    )
    .orderBy(asc(shifts.startsAt), asc(shifts.id))
    .limit(limit);
};

/** Shifts of these vehicles that are signed on, or planned to run at `now` and not signed off. */
export const shiftsAround = (tx: Tx, agencyId: string, vehicleIds: string[], now: Date): Promise<ShiftRow[]> =>
  vehicleIds.length === 0
    ? Promise.resolve([])
    : tx
        .select()
        .from(shifts)
        .where(
          and(
            eq(shifts.agencyId, agencyId),
            inArray(shifts.vehicleId, vehicleIds),
            isNull(shifts.deactivatedAt),
            isNull(shifts.signedOffAt),
            or(
              sql`${shifts.signedOnAt} is not null`,
              and(sql`${shifts.startsAt} <= ${now.toISOString()}`, gt(shifts.endsAt, now)),
            ),
          ),
        );

/** @returns the new row, undefined when there is none of this version */
export const updateShift = async (
  tx: Tx,
  key: { agencyId: string; id: string; version?: number | undefined },
  set: Partial<NewShift>,
): Promise<ShiftRow | undefined> =>
  (
    await tx
      .update(shifts)
      .set({ ...set, version: sql`${shifts.version} + 1`, updatedAt: sql`now()` })
      .where(
        and(
          eq(shifts.agencyId, key.agencyId),
          eq(shifts.id, key.id),
          key.version === undefined ? undefined : eq(shifts.version, key.version),
        ),
      )
      .returning()
  )[0];

/** Who is on these shifts: rows not taken off, in the order they were put on. */
export const crewOf = (tx: Tx, agencyId: string, shiftIds: string[]): Promise<CrewRow[]> =>
  shiftIds.length === 0
    ? Promise.resolve([])
    : tx
        .select()
        .from(shiftCrew)
        .where(and(eq(shiftCrew.agencyId, agencyId), inArray(shiftCrew.shiftId, shiftIds), isNull(shiftCrew.removedAt)))
        .orderBy(asc(shiftCrew.id));

export const insertCrew = async (tx: Tx, rows: (typeof shiftCrew.$inferInsert)[]): Promise<void> => {
  if (rows.length > 0) await tx.insert(shiftCrew).values(rows);
};

/** Takes people off a shift; the rows stay as history. */
export const removeCrew = async (tx: Tx, agencyId: string, ids: string[], at: Date): Promise<void> => {
  if (ids.length === 0) return;
  await tx
    .update(shiftCrew)
    .set({ removedAt: at })
    .where(and(eq(shiftCrew.agencyId, agencyId), inArray(shiftCrew.id, ids)));
};

/** Gives those on the shift a new period; whoever joined later keeps the later start. */
export const moveCrew = async (
  tx: Tx,
  shift: { agencyId: string; id: string },
  period: { startsAt?: Date; endsAt?: Date },
): Promise<void> => {
  await tx
    .update(shiftCrew)
    .set({
      ...(period.startsAt && { startsAt: period.startsAt }),
      ...(period.endsAt && {
        endsAt: sql`greatest(${shiftCrew.startsAt}, ${period.endsAt.toISOString()}::timestamptz)`,
      }),
    })
    .where(and(eq(shiftCrew.agencyId, shift.agencyId), eq(shiftCrew.shiftId, shift.id), isNull(shiftCrew.removedAt)));
};

/** Which of these people may be put on a shift: active users of the agency. */
export const activeUserIds = async (tx: Tx, agencyId: string, userIds: string[]): Promise<string[]> => {
  if (userIds.length === 0) return [];
  const rows = await tx
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.agencyId, agencyId), inArray(users.id, userIds), isNull(users.deactivatedAt)));
  return rows.map(({ id }) => id);
};

/** Locks people, by id, until the transaction ends; rows may still refer to them. */
export const lockPeople = async (tx: Tx, agencyId: string, userIds: string[]): Promise<void> => {
  if (userIds.length === 0) return;
  await tx
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.agencyId, agencyId), inArray(users.id, userIds)))
    .orderBy(asc(users.id))
    .for("no key update");
};

/** Other shifts these people are signed on to now. */
export const signedOnElsewhere = (tx: Tx, agencyId: string, shiftId: string, userIds: string[]) =>
  userIds.length === 0
    ? Promise.resolve([])
    : tx
        .select({ userId: shiftCrew.userId, callSign: shifts.callSign })
        .from(shiftCrew)
        .innerJoin(shifts, and(eq(shifts.agencyId, shiftCrew.agencyId), eq(shifts.id, shiftCrew.shiftId)))
        .where(
          and(
            eq(shiftCrew.agencyId, agencyId),
            inArray(shiftCrew.userId, userIds),
            isNull(shiftCrew.removedAt),
            sql`${shifts.id} <> ${shiftId}`,
            sql`${shifts.signedOnAt} is not null`,
            isNull(shifts.signedOffAt),
            isNull(shifts.deactivatedAt),
          ),
        );

export const insertUnitEvent = async (tx: Tx, row: typeof unitEvents.$inferInsert): Promise<void> => {
  await tx.insert(unitEvents).values(row);
};

/** Names of people, also of those who left. */
export const findPeople = (tx: Tx, agencyId: string, userIds: string[]): Promise<{ id: string; name: string }[]> =>
  userIds.length === 0
    ? Promise.resolve([])
    : tx
        .select({ id: users.id, name: users.name })
        .from(users)
        .where(and(eq(users.agencyId, agencyId), inArray(users.id, userIds)));

/** Active people of the agency. */
export const allPeople = (
  tx: Tx,
  agencyId: string,
): Promise<{ id: string; name: string; email: string; roles: string[] }[]> =>
  tx
    .select({ id: users.id, name: users.name, email: accounts.email, roles: users.roles })
    .from(users)
    .innerJoin(accounts, eq(accounts.id, users.accountId))
    .where(and(eq(users.agencyId, agencyId), isNull(users.deactivatedAt)));

/** Where these people are planned in [from, to): the periods that keep them off other shifts. */
export const crewHolds = (tx: Tx, agencyId: string, userIds: string[], { from, to }: { from: Date; to: Date }) =>
  userIds.length === 0
    ? Promise.resolve([])
    : tx
        .select({
          subjectId: shiftCrew.userId,
          callSign: shifts.callSign,
          startsAt: shiftCrew.startsAt,
          endsAt: shiftCrew.endsAt,
        })
        .from(shiftCrew)
        .innerJoin(shifts, and(eq(shifts.agencyId, shiftCrew.agencyId), eq(shifts.id, shiftCrew.shiftId)))
        .where(
          and(
            eq(shiftCrew.agencyId, agencyId),
            inArray(shiftCrew.userId, userIds),
            isNull(shiftCrew.removedAt),
            gt(shiftCrew.endsAt, from),
            lt(shiftCrew.startsAt, to),
            gt(shiftCrew.endsAt, shiftCrew.startsAt),
          ),
        );

/** Where these vehicles are planned in [from, to) and not given back. */
export const vehicleHolds = (tx: Tx, agencyId: string, vehicleIds: string[], { from, to }: { from: Date; to: Date }) =>
  vehicleIds.length === 0
    ? Promise.resolve([])
    : tx
        .select({
          subjectId: shifts.vehicleId,
          callSign: shifts.callSign,
          startsAt: shifts.startsAt,
          endsAt: shifts.endsAt,
        })
        .from(shifts)
        .where(
          and(
            eq(shifts.agencyId, agencyId),
            inArray(shifts.vehicleId, vehicleIds),
            isNull(shifts.deactivatedAt),
            isNull(shifts.signedOffAt),
            gt(shifts.endsAt, from),
            lt(shifts.startsAt, to),
          ),
        );

/** What is known of a locked shift's breaks; no edit of its plan. */
export const setBreaks = async (tx: Tx, agencyId: string, id: string, breaks: ShiftRow["breaks"]): Promise<void> => {
  await tx
    .update(shifts)
    .set({ breaks, updatedAt: sql`now()` })
    .where(and(eq(shifts.agencyId, agencyId), eq(shifts.id, id)));
};
