import { and, asc, eq, inArray, isNotNull, isNull, lt, or, type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { assignments, shiftCrew, shifts, vehiclePositions, vehicles } from "@/db/schema";
import { ACTIVE_TRIP_STATUSES } from "@/server/domain/trips/vocabulary";
import { isAmong } from "./array-literal";

const ACTIVE = sql.raw(ACTIVE_TRIP_STATUSES.map((status) => `'${status}'`).join(", "));

/** A shift with its vehicle, where it is, its crew and what it was told to do. */
const unitSelection = () => ({
  shift: shifts,
  vehicle: {
    vehicleNo: vehicles.vehicleNo,
    type: vehicles.type,
    levels: vehicles.levels,
    places: vehicles.places,
    configurations: vehicles.configurations,
    inService: vehicles.inService,
    deactivatedAt: vehicles.deactivatedAt,
  },
  position: vehiclePositions,
  crewUserIds: sql<string[]>`coalesce((select array_agg(c.user_id order by c.id) from ${shiftCrew} c
    where c.agency_id = ${shifts.agencyId} and c.shift_id = ${shifts.id} and c.removed_at is null), '{}')`,
  activeTripIds: sql<
    string[]
  >`coalesce((select array_agg(a.trip_id) from ${assignments} a where a.agency_id = ${shifts.agencyId}
    and a.shift_id = ${shifts.id} and a.current and a.status in (${ACTIVE})), '{}')`,
  tripsDone: sql<number>`(select count(*)::int from ${assignments} a where a.agency_id = ${shifts.agencyId}
    and a.shift_id = ${shifts.id} and a.current and a.status = 'completed')`,
  lastClearedAt: sql<
    string | null
  >`(select max(a.cleared_at) from ${assignments} a where a.agency_id = ${shifts.agencyId}
    and a.shift_id = ${shifts.id} and a.current)`,
});

const units = (tx: Tx, agencyId: string, where: SQL | undefined) =>
  tx
    .select(unitSelection())
    .from(shifts)
    .innerJoin(vehicles, and(eq(vehicles.agencyId, shifts.agencyId), eq(vehicles.id, shifts.vehicleId)))
    .leftJoin(
      vehiclePositions,
      and(eq(vehiclePositions.agencyId, shifts.agencyId), eq(vehiclePositions.vehicleId, shifts.vehicleId)),
    )
    .where(and(eq(shifts.agencyId, agencyId), isNull(shifts.deactivatedAt), where))
    .orderBy(asc(shifts.callSign), asc(shifts.id));
export type UnitRow = Awaited<ReturnType<typeof units>>[number];

export const unitByShift = async (tx: Tx, agencyId: string, shiftId: string): Promise<UnitRow | undefined> =>
  (await units(tx, agencyId, eq(shifts.id, shiftId)))[0];

/** Shifts that are signed on, or planned to run at this moment and not signed off. */
export const unitsAt = (tx: Tx, agencyId: string, at: Date): Promise<UnitRow[]> =>
  units(
    tx,
    agencyId,
    and(
      isNull(shifts.signedOffAt),
      or(
        isNotNull(shifts.signedOnAt),
        and(sql`${shifts.startsAt} <= ${at.toISOString()}`, sql`${shifts.endsAt} > ${at.toISOString()}`),
      ),
    ),
  );

type BoardTime = { now: Date; until: Date };

/** Units of the board: signed on, or planned to start before `until` and not over. @param ids - only these of them */
export const unitsOfBoard = (
  tx: Tx,
  agencyId: string,
  { now, until }: BoardTime,
  ids: string[] | undefined,
): Promise<UnitRow[]> =>
  units(
    tx,
    agencyId,
    and(
      isNull(shifts.signedOffAt),
      or(isNotNull(shifts.signedOnAt), and(lt(shifts.startsAt, until), sql`${shifts.endsAt} > ${now.toISOString()}`)),
      ids && isAmong(shifts.id, ids),
    ),
  );

/** Shifts of a vehicle that could be meant for a pickup at `at`: around it, or signed on. */
export const shiftsOfVehicle = (tx: Tx, agencyId: string, vehicleId: string, at: Date) =>
  tx
    .select()
    .from(shifts)
    .where(
      and(
        eq(shifts.agencyId, agencyId),
        eq(shifts.vehicleId, vehicleId),
        isNull(shifts.deactivatedAt),
        isNull(shifts.signedOffAt),
        or(
          isNotNull(shifts.signedOnAt),
          and(sql`${shifts.startsAt} <= ${at.toISOString()}`, sql`${shifts.endsAt} > ${at.toISOString()}`),
        ),
      ),
    )
    .orderBy(asc(shifts.startsAt));

/** The shifts of a person that are on, or planned around a moment, the one that is on first. */
export const shiftsOfPerson = (tx: Tx, agencyId: string, userId: string, now: Date, aheadMs: number) =>
  tx
    .select({ shift: shifts })
    .from(shifts)
    .innerJoin(shiftCrew, and(eq(shiftCrew.agencyId, shifts.agencyId), eq(shiftCrew.shiftId, shifts.id)))
    .where(
      and(
        eq(shifts.agencyId, agencyId),
        eq(shiftCrew.userId, userId),
        isNull(shiftCrew.removedAt),
        isNull(shifts.deactivatedAt),
        isNull(shifts.signedOffAt),
        or(
          isNotNull(shifts.signedOnAt),
          and(lt(shifts.startsAt, new Date(now.getTime() + aheadMs)), sql`${shifts.endsAt} > ${now.toISOString()}`),
        ),
      ),
    )
    .orderBy(sql`${shifts.signedOnAt} is null`, asc(shifts.startsAt))
    .then((rows) => rows.map(({ shift }) => shift));

/** Names of the crews of these shifts. */
export const crewNames = async (tx: Tx, agencyId: string, shiftIds: string[]) =>
  shiftIds.length === 0
    ? []
    : tx.execute<{ shift_id: string; user_id: string; name: string }>(sql`
        select c.shift_id, c.user_id, u.name from shift_crew c
        join users u on u.agency_id = c.agency_id and u.id = c.user_id
        where c.agency_id = ${agencyId} and c.removed_at is null and c.shift_id = any(${`{${shiftIds.join(",")}}`}::uuid[])
        order by c.id`);

/** The next stop of each of these shifts. */
export const nextStops = async (tx: Tx, agencyId: string, shiftIds: string[]) =>
  shiftIds.length === 0
    ? []
    : tx.execute<{
        shift_id: string;
        kind: string;
        trip_id: string | null;
        eta_at: string | null;
        planned_at: string | null;
      }>(sql`
        select distinct on (shift_id) shift_id, kind, trip_id, eta_at, planned_at from stops
        where agency_id = ${agencyId} and removed_at is null and departed_at is null
          and shift_id = any(${`{${shiftIds.join(",")}}`}::uuid[])
        order by shift_id, seq, id`);

/** Sets what a locked shift is doing. */
export const setShiftState = async (tx: Tx, agencyId: string, id: string, set: Partial<typeof shifts.$inferInsert>) =>
  (
    await tx
      .update(shifts)
      .set({ ...set, version: sql`${shifts.version} + 1`, updatedAt: sql`now()` })
      .where(and(eq(shifts.agencyId, agencyId), inArray(shifts.id, [id])))
      .returning()
  )[0];

/** Signed-on shifts that were told of a trip, with their newest position: their estimates move with them. */
export const shiftsUnderWay = (tx: Tx, agencyId: string) =>
  tx
    .select({ shiftId: shifts.id, location: vehiclePositions.location })
    .from(shifts)
    .leftJoin(
      vehiclePositions,
      and(eq(vehiclePositions.agencyId, shifts.agencyId), eq(vehiclePositions.vehicleId, shifts.vehicleId)),
    )
    .where(
      and(
        eq(shifts.agencyId, agencyId),
        isNotNull(shifts.signedOnAt),
        isNull(shifts.signedOffAt),
        isNull(shifts.deactivatedAt),
        sql`exists (select 1 from ${assignments} a where a.agency_id = ${shifts.agencyId} and a.shift_id = ${shifts.id}
          and a.current and a.status in (${ACTIVE}))`,
      ),
    )
    .orderBy(asc(shifts.id));
