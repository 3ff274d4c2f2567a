import { expect } from "vitest";
import type { Stack } from "./stack";
import type { Ledger, SentFix } from "./traffic";

type Row = { vehicleId: string; takenMs: number; latE7: number; lonE7: number };
const keyOf = (vehicleId: string, atMs: number, latE7: number, lonE7: number) =>
  `${vehicleId} ${atMs} ${latE7} ${lonE7}`;
const e7 = (degrees: number) => Math.round(degrees * 1e7);

/** The history of these vehicles, as the database has it. */
const rowsOf = ({ sql }: Stack, vehicleIds: string[]) => sql<Row[]>`
  select vehicle_id as "vehicleId", (extract(epoch from taken_at) * 1000)::float8 as "takenMs", lat_e7 as "latE7", lon_e7 as "lonE7"
  from position_history where vehicle_id = any(${vehicleIds})`;

/** Every acknowledged fix is stored, and each once; what was never acknowledged may be there as well. */
export async function expectStoredOnce(stack: Stack, ledger: Ledger): Promise<void> {
  const times = new Map<string, number>();
  for (const row of await rowsOf(stack, [...ledger.keys()])) {
    const key = keyOf(row.vehicleId, row.takenMs, row.latE7, row.lonE7);
    times.set(key, (times.get(key) ?? 0) + 1);
  }
  const wanted = [...ledger].flatMap(([vehicleId, fixes]) => fixes.map((fix) => keyOfFix(vehicleId, fix)));
  expect(wanted.length).toBeGreaterThan(0);
  expect(wanted.filter((key) => !times.has(key))).toEqual([]);
  expect([...times].filter(([, count]) => count > 1)).toEqual([]);
}

const keyOfFix = (vehicleId: string, fix: SentFix) =>
  keyOf(vehicleId, Date.parse(fix.takenAt), e7(fix.lat), e7(fix.lon));

/** How many rows of history these vehicles have. */
export async function countStored({ sql }: Stack, vehicleIds: string[]): Promise<number> {
  const [row] = await sql<{ count: string }[]>`
    select count(*) from position_history where vehicle_id = any(${vehicleIds})`;
  return Number(row?.count ?? 0);
}
