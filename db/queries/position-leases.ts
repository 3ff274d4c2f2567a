import { and, eq, inArray, ne, sql } from "drizzle-orm";
import type { Db, Tx } from "@/db/client";
import { positionLeases, vehiclePositions, vehicles } from "@/db/schema";
import type { LiveUnit } from "@/server/domain/positions/frames";

/** The row that is the agency's lease; the others count the frames of a cell. Its `seq` counts changes of holder. */
const LEASE = "*";
const until = (leaseMs: number) => sql`now() + make_interval(secs => ${leaseMs / 1000})`;

/** Takes or renews an agency's lease. @returns the term, or null while another holder's runs */
export async function takePositionLease(tx: Tx, agencyId: string, holder: string, leaseMs: number) {
  const [row] = await tx
    .insert(positionLeases)
    .values({ agencyId, cell: LEASE, holder, seq: 1, expiresAt: until(leaseMs) })
    .onConflictDoUpdate({
      target: [positionLeases.agencyId, positionLeases.cell],
      set: {
        holder,
        expiresAt: until(leaseMs),
        seq: sql`${positionLeases.seq} + case when ${positionLeases.holder} = ${holder} then 0 else 1 end`,
      },
      setWhere: sql`${positionLeases.holder} = ${holder} or ${positionLeases.expiresAt} <= now()`,
    })
    .returning({ term: positionLeases.seq });
  return row?.term ?? null;
}

/** Milliseconds that the agency's lease still runs, by the database's clock; 0 without one. */
export async function positionLeaseLeftMs(tx: Tx, agencyId: string): Promise<number> {
  const [row] = await tx
    .select({
      leftMs: sql<number>`greatest(0, extract(epoch from ${positionLeases.expiresAt} - now()) * 1000)::float8`,
    })
    .from(positionLeases)
    .where(and(eq(positionLeases.agencyId, agencyId), eq(positionLeases.cell, LEASE)));
  return row?.leftMs ?? 0;
}

const CELL = /^[0-9a-z]{1,20}$/;

/**
 * Takes the next numbers of some cells for the holder of the lease, and renews it. One statement, which needs no
 * transaction around it.
 * @returns each cell's last number taken, or null when holder or term are not the lease's any more
 */
export async function advancePositionSeqs(
  db: Pick<Db, "execute">,
  agencyId: string,
  lease: { holder: string; term: number; leaseMs: number },
  counts: Map<string, number>,
): Promise<Map<string, number> | null> {
  const cells = [...counts.keys()];
  for (const cell of cells) if (!CELL.test(cell)) throw new Error("not a cell");
  const taken = await db.execute<{ cell: string; seq: string }>(sql`
    select cell, seq from advance_position_frames(${agencyId}::uuid, ${lease.holder}, ${lease.term}::bigint,
      ${lease.leaseMs}::int, ${`{${cells.join(",")}}`}::text[], ${`{${[...counts.values()].join(",")}}`}::int[])`);
  if (taken.length === 0) return null;
  return new Map(taken.map(({ cell, seq }) => [cell, Number(seq)]));
}

/** Cells of an agency that have had a frame. */
export async function positionCells(tx: Tx, agencyId: string): Promise<string[]> {
  const rows = await tx
    .select({ cell: positionLeases.cell })
    .from(positionLeases)
    .where(and(eq(positionLeases.agencyId, agencyId), ne(positionLeases.cell, LEASE)));
  return rows.map(({ cell }) => cell);
}

/**
 * The number of each cell's last frame, 0 for a cell that has had none. Read it before the positions: then they are at
 * least as new as the frame.
 */
export async function currentPositionSeqs(tx: Tx, agencyId: string, cells: string[]): Promise<Map<string, number>> {
  const rows = await tx
    .select({ cell: positionLeases.cell, seq: positionLeases.seq })
    .from(positionLeases)
    .where(and(eq(positionLeases.agencyId, agencyId), inArray(positionLeases.cell, cells)));
  const known = new Map(rows.map(({ cell, seq }) => [cell, seq]));
  return new Map(cells.map((cell) => [cell, known.get(cell) ?? 0]));
}

/** The newest fixes of an agency's active vehicles, or of some of them. */
export async function liveUnits(tx: Tx, agencyId: string, vehicleIds: string[] | "all"): Promise<LiveUnit[]> {
  const rows = await tx
    .select({
      vehicleNo: vehicles.vehicleNo,
      location: vehiclePositions.location,
      headingDeg: vehiclePositions.headingDeg,
      speedMps: vehiclePositions.speedMps,
      takenAt: vehiclePositions.takenAt,
    })
    .from(vehiclePositions)
    .innerJoin(
      vehicles,
      and(eq(vehicles.agencyId, vehiclePositions.agencyId), eq(vehicles.id, vehiclePositions.vehicleId)),
    )
    .where(
      and(
        eq(vehiclePositions.agencyId, agencyId),
        sql`${vehicles.deactivatedAt} is null`,
        vehicleIds === "all" ? undefined : inArray(vehiclePositions.vehicleId, vehicleIds),
      ),
    );
  return rows.map(({ location, takenAt, ...row }) => ({
    ...row,
    lat: location.lat,
    lon: location.lng,
    takenAtMs: takenAt.getTime(),
  }));
}

/** Numbers of an agency's active vehicles, by id. */
export async function vehicleNumbers(tx: Tx, agencyId: string): Promise<Map<string, string>> {
  const rows = await tx
    .select({ id: vehicles.id, vehicleNo: vehicles.vehicleNo })
    .from(vehicles)
    .where(and(eq(vehicles.agencyId, agencyId), sql`${vehicles.deactivatedAt} is null`));
  return new Map(rows.map(({ id, vehicleNo }) => [id, vehicleNo]));
}

/** How many active vehicles an agency has. */
export const countActiveVehicles = (tx: Tx, agencyId: string): Promise<number> =>
  tx.$count(vehicles, and(eq(vehicles.agencyId, agencyId), sql`${vehicles.deactivatedAt} is null`));

/** The notification that carries `agencyId id,id,...` to the process with the lease. */
export const POSITIONS_MOVED = "runboard_positions_moved";
/** A payload has 8,000 bytes. */
const IDS_PER_NOTIFICATION = 200;

/** Tells all processes which vehicles have newer fixes: ids only. */
export async function notifyPositionsMoved(db: Db, agencyId: string, vehicleIds: string[]): Promise<void> {
  for (let i = 0; i < vehicleIds.length; i += IDS_PER_NOTIFICATION) {
    const payload = `${agencyId} ${vehicleIds.slice(i, i + IDS_PER_NOTIFICATION).join(",")}`;
    await db.execute(sql`select pg_notify(${POSITIONS_MOVED}, ${payload})`);
  }
}
