import { expect, test } from "vitest";
import { type IngestSql, openIngest } from "@/db/ingest-client";
import { useTestDatabase } from "@/db/testing/database";
import { anAgency, aVehicle } from "@/db/testing/factories";
import { becomesLive, type LiveCandidate, orderAt } from "@/server/domain/gps/live-position";
import { groupBy } from "@/server/domain/group-by";
import { newId } from "@/server/ids";
import { type StoredFix, storeFixes } from "./ingest";

const database = useTestDatabase();
const startMs = Date.now() - 3_600_000;
const at = (s: number) => new Date(startMs + s * 1000);

type Source = { deviceId: string; source: "device" | "crew" };
const own = (): Source => ({ deviceId: newId(), source: "device" });
const phone = (): Source => ({ deviceId: newId(), source: "crew" });
const readings = { accuracyM: 5, speedMps: 1, headingDeg: null, altitudeM: null, batteryPct: null, charging: null };

async function withIngest<T>(work: (sql: IngestSql) => Promise<T>): Promise<T> {
  const sql = openIngest(database.urls.app, { max: 2, prepare: true });
  try {
    return await work(sql);
  } finally {
    await sql.end({ timeout: 1 });
  }
}

async function aUnit() {
  const { id: agencyId } = await anAgency(database.owner);
  const { id: vehicleId } = await aVehicle(database.owner, agencyId);
  const fix = (from: Source, takenS: number, receivedS = takenS, lat = 39): StoredFix => {
    const times = { takenAt: at(takenS), receivedAt: at(receivedS) };
    return { ...readings, ...from, ...times, agencyId, vehicleId, shiftId: null, lat, lon: -76 };
  };
  return { agencyId, vehicleId, fix };
}

test("tells which fixes were there before and which one is live now", async () => {
  const { fix } = await aUnit();
  const device = own();
  const batch = [fix(device, 1), fix(device, 3), fix(device, 2)];
  await withIngest(async (sql) => {
    expect(await storeFixes(sql, batch, [])).toEqual({ repeated: [], moved: [1] });
    expect(await storeFixes(sql, [fix(device, 3), fix(device, 4), fix(device, 1)], [])).toEqual({
      repeated: [0, 2],
      moved: [1],
    });
    expect(await storeFixes(sql, batch, [])).toEqual({ repeated: [0, 1, 2], moved: [] });
    expect(await storeFixes(sql, [], [])).toEqual({ repeated: [], moved: [] });
  });
});

test("a repeat does not stand in for a newer arrival of its device", async () => {
  const { fix } = await aUnit();
  const device = own();
  // Of a clock that ran ahead: in the order of time the repeat, received late, would be the newest of its batch.
  const ahead = (receivedS: number) => fix(device, 300, receivedS);
  await withIngest(async (sql) => {
    await storeFixes(sql, [ahead(10)], []);
    expect(await storeFixes(sql, [ahead(20), fix(device, 15)], [])).toEqual({ repeated: [0], moved: [1] });
  });
});

test("several sources of a vehicle in one batch: its own device is followed, whichever came first", async () => {
  const { fix } = await aUnit();
  const [device, crew] = [own(), phone()];
  await withIngest(async (sql) => {
    expect((await storeFixes(sql, [fix(crew, 9), fix(device, 5)], [])).moved).toEqual([1]);
    expect((await storeFixes(sql, [fix(crew, 70), fix(device, 66)], [])).moved).toEqual([1]);
    // Its own device is silent by now, and what it sends is old.
    expect((await storeFixes(sql, [fix(device, 60, 200), fix(crew, 199, 200)], [])).moved).toEqual([1]);
  });
});

/** The live position that the pure rule leads to: new fixes only, the newest of each device in its place, own devices first. */
function follow(live: LiveCandidate | null, fresh: readonly StoredFix[]): LiveCandidate | null {
  const newest = [...groupBy(fresh, (fix) => fix.deviceId).values()].map((fixes) =>
    fixes.reduce((best, fix) => (orderAt(fix) >= orderAt(best) ? fix : best)),
  );
  const rank = (fix: StoredFix) => (fix.source === "device" ? 0 : fresh.length) + fresh.indexOf(fix);
  const inTurn = newest.toSorted((a, b) => rank(a) - rank(b));
  return inTurn.reduce<LiveCandidate | null>((now, fix) => (becomesLive(now, fix) ? fix : now), live);
}

/** Numbers from 0 (inclusive) to 1 (exclusive), the same on each run. @see Park and Miller, CACM 31 (1988) */
function seededNumbers(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

test("the database follows the source that the rule says, batch after batch", async () => {
  const random = seededNumbers(20_260_303);
  const upTo = (n: number) => Math.floor(random() * n);
  const { fix, vehicleId } = await aUnit();
  const sources = [own(), phone(), phone()];
  let live: LiveCandidate | null = null;
  const known = new Set<number>();
  await withIngest(async (sql) => {
    for (let nowS = 0; nowS < 2_000; nowS += 5 + upTo(80)) {
      // No two sources at the same second: which of them is the newer one is nobody's to say.
      const times = new Set(Array.from({ length: 1 + upTo(5) }, () => Math.max(0, nowS - upTo(40) + upTo(8))));
      const batch = [...times].map((s) => fix(sources[s % 3] ?? own(), s, nowS));
      const fresh = batch.filter((one) => !known.has(one.takenAt.getTime()));
      for (const one of batch) known.add(one.takenAt.getTime());
      const { repeated } = await storeFixes(sql, batch, []);
      expect(repeated).toHaveLength(batch.length - fresh.length);
      live = follow(live, fresh);
      const [row] = await database.sql<{ deviceId: string; takenMs: number }[]>`
        select device_id as "deviceId", (extract(epoch from taken_at) * 1000)::float8 as "takenMs"
        from vehicle_positions where vehicle_id = ${vehicleId}`;
      expect(row).toEqual({ deviceId: live?.deviceId, takenMs: live?.takenAt.getTime() });
    }
  });
});

test("two processes that store the same vehicles in another order neither block nor lose", async () => {
  const units = await Promise.all(Array.from({ length: 30 }, () => aUnit()));
  const devices = units.map(() => own());
  const round = (s: number) => units.map(({ fix }, i) => fix(devices[i] ?? own(), s));
  await withIngest(async (sql) => {
    for (let s = 0; s < 20; s += 2) {
      await Promise.all([storeFixes(sql, round(s), []), storeFixes(sql, round(s + 1).toReversed(), [])]);
    }
  });
  const vehicleIds = units.map(({ vehicleId }) => vehicleId);
  const [row] = await database.sql<{ fixes: number; newestMs: number }[]>`
    select (select count(*) from position_history where vehicle_id = any(${vehicleIds}))::int as fixes,
      (select extract(epoch from min(taken_at)) * 1000 from vehicle_positions
        where vehicle_id = any(${vehicleIds}))::float8 as "newestMs"`;
  expect(row).toEqual({ fixes: 30 * 20, newestMs: at(19).getTime() });
});

test("it runs as the role that may append fixes, and that role may do nothing else", async () => {
  const [row] = await database.sql<{ settings: string[]; definer: boolean }[]>`
    select proconfig as settings, prosecdef as definer from pg_proc where proname = 'store_batch'`;
  expect(row?.definer).toBe(false);
  expect(row?.settings).toEqual(expect.arrayContaining(["role=runboard_ingest", "search_path=public, pg_temp"]));
  const [after] = await withIngest(async (sql) => {
    await storeFixes(sql, [], []);
    return sql<{ role: string }[]>`select current_user as role`;
  });
  expect(after?.role).toBe("runboard_app");
});
