import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { and, eq, sql as raw } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { inAgency } from "@/db/client";
import { type IngestSql, openIngest } from "@/db/ingest-client";
import { nearestPositions } from "@/db/queries/nearest";
import { addDays, dayOf, dayStart, ensurePartitions, partitionDays } from "@/db/queries/partitions";
import { auditLog, positionHistory } from "@/db/schema";
import { useTestDatabase } from "@/db/testing/database";
import { anAgency, aPosition, aShift, aUser, aVehicle, testCtx } from "@/db/testing/factories";
import { newId } from "@/server/ids";
import { fileStore } from "@/server/integrations/archive/file-store";
import { archiveHistory } from "./archive-history";
import { findNearby } from "./find-nearby";
import { maintainPartitions } from "./maintain-partitions";
import { readHistory } from "./read-history";

const database = useTestDatabase();
const today = dayOf(new Date());
let folder: string;
let sql: IngestSql;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "archive-"));
  sql = openIngest(database.urls.app, { max: 3, prepare: true });
});
afterEach(async () => {
  await sql.end();
  await rm(folder, { recursive: true });
});

async function aTrail(day: string, count: number, known?: { agencyId: string; vehicleId: string }) {
  const agencyId = known?.agencyId ?? (await anAgency(database.owner)).id;
  const vehicleId = known?.vehicleId ?? (await aVehicle(database.owner, agencyId)).id;
  await database.sql`select ensure_position_partitions(${day}::text::date, ${day}::text::date)`;
  const rows = Array.from({ length: count }, (_, i) => {
    const takenAt = new Date(dayStart(day).getTime() + i * 10_000);
    const latE7 = 393_000_000 + i;
    return {
      agencyId,
      vehicleId,
      takenAt,
      receivedAt: takenAt,
      latE7,
      lonE7: -766_000_000,
      speedMps: 4.5,
      charging: i % 2 === 0,
      deviceId: newId(),
    };
  });
  await database.owner.insert(positionHistory).values(rows);
  return { agencyId, vehicleId, rows };
}
const reader = async (agencyId: string) => testCtx(database.db, await aUser(database.owner, agencyId), new Date());
const wholeRange = { from: dayStart(addDays(today, -20)), to: dayStart(addDays(today, 1)), limit: 10_000 };

describe("partitions", () => {
  test("are made behind and ahead of today, belong to nobody of the app, and walls hold on the children", async () => {
    const days = await partitionDays(sql);
    expect(days).toEqual(Array.from({ length: 16 }, (_, i) => addDays(today, i - 8)));
    expect(await ensurePartitions(sql, new Date())).toBe(0);
    const inAWeek = new Date(Date.now() + 7 * 86_400_000);
    expect(await ensurePartitions(sql, inAWeek)).toBe(7);
    await maintainPartitions(sql, inAWeek);
    const grants = await database.sql`
      select relname from pg_class where relname like 'position_history_2%' and relkind = 'r'
        and (relacl is not null or not relrowsecurity or pg_get_userbyid(relowner) = 'runboard_app')`;
    expect(grants).toEqual([]);
    await expect(sql.unsafe(`select 1 from position_history_${today.replaceAll("-", "")}`)).rejects.toThrow("denied");
  });
});

describe("the archive", () => {
  test("an old day is written, read back, dropped, and read from there with the hot ones", async () => {
    const old = addDays(today, -10);
    const trail = await aTrail(old, 50);
    const neighbour = await aTrail(old, 3, {
      agencyId: trail.agencyId,
      vehicleId: (await aVehicle(database.owner, trail.agencyId)).id,
    });
    const stranger = await aTrail(old, 7);
    await aTrail(addDays(today, -2), 5, trail);
    const ctx = await reader(trail.agencyId);
    const store = fileStore(folder);
    const before = await readHistory(ctx, store, trail.vehicleId, wholeRange);
    expect(before).toHaveLength(55);

    expect(await archiveHistory({ sql, store }, new Date())).toEqual([{ day: old, rows: 60 }]);
    expect(await partitionDays(sql)).not.toContain(old);
    expect(
      await database.owner.select().from(positionHistory).where(eq(positionHistory.vehicleId, neighbour.vehicleId)),
    ).toEqual([]);
    expect(await readHistory(ctx, store, trail.vehicleId, wholeRange)).toEqual(before);
    expect(await readHistory(ctx, store, neighbour.vehicleId, wholeRange)).toHaveLength(3);

    const [third, tenth] = [trail.rows[3]!, trail.rows[10]!];
    const part = await readHistory(ctx, store, trail.vehicleId, { from: third.takenAt, to: tenth.takenAt, limit: 5 });
    expect(part.map((row) => row.latE7)).toEqual([3, 4, 5, 6, 7].map((i) => 393_000_000 + i));
    const rest = await readHistory(ctx, store, trail.vehicleId, { ...wholeRange, after: part.at(-1), limit: 2 });
    expect(rest.map((row) => row.latE7)).toEqual([393_000_008, 393_000_009]);

    await expect(readHistory(ctx, store, stranger.vehicleId, wholeRange)).rejects.toMatchObject({ code: "not_found" });
    const files = await readdir(path.join(folder, "positions", old));
    expect(files.some((file) => file.endsWith(".tmp"))).toBe(false);
    const packed = await store.get(`positions/${old}/${trail.agencyId}.0.ndjson.gz`);
    expect(gunzipSync(packed!).toString().trim().split("\n")).toHaveLength(53);
    const audits = await database.owner
      .select()
      .from(auditLog)
      .where(and(eq(auditLog.agencyId, trail.agencyId), eq(auditLog.action, "position.read")));
    expect(audits.length).toBe(5);
    expect(audits[0]).toMatchObject({
      actorId: ctx.actor.kind === "user" ? ctx.actor.userId : "",
      entityId: trail.vehicleId,
    });
  });

  test("a day that cannot be kept, or does not read back, stays in the database", async () => {
    const old = addDays(today, -11);
    const { rows } = await aTrail(old, 4);
    const full = {
      ...fileStore(folder),
      put: () => Promise.reject(Object.assign(new Error("full"), { code: "ENOSPC" })),
    };
    await expect(archiveHistory({ sql, store: full }, new Date())).rejects.toThrow(old);
    const lossy = { ...fileStore(folder), put: () => Promise.resolve() };
    await expect(archiveHistory({ sql, store: lossy }, new Date())).rejects.toThrow(old);
    expect(await partitionDays(sql)).toContain(old);
    const kept = await database.owner
      .select()
      .from(positionHistory)
      .where(eq(positionHistory.vehicleId, rows[0]!.vehicleId));
    expect(kept).toHaveLength(4);
    expect(await archiveHistory({ sql, store: fileStore(folder) }, new Date())).toEqual([{ day: old, rows: 4 }]);
  });

  test("rows that came after the copy keep the day, and one process at a time is at it", async () => {
    const old = addDays(today, -12);
    const { agencyId, vehicleId } = await aTrail(old, 4);
    const store = fileStore(folder);
    let second: Promise<unknown> | undefined;
    const slow = {
      ...store,
      put: async (key: string, body: Buffer) => {
        const other = openIngest(database.urls.app, { max: 2, prepare: true });
        second ??= archiveHistory({ sql: other, store }, new Date());
        expect(await second).toBeNull();
        await other.end();
        await store.put(key, body);
        await database.sql`insert into position_history (agency_id, vehicle_id, taken_at, received_at, lat_e7, lon_e7, device_id)
          values (${agencyId}, ${vehicleId}, ${new Date(dayStart(old).getTime() + Math.floor(Math.random() * 8e7))}, now(), 1, 1, ${newId()})`;
      },
    };
    await expect(archiveHistory({ sql, store: slow }, new Date())).rejects.toThrow(old);
    expect(await partitionDays(sql)).toContain(old);
    expect(await archiveHistory({ sql, store }, new Date())).toMatchObject([{ day: old }]);
  });

  test("a hot day cannot be dropped whatever is asked", async () => {
    await expect(sql`select drop_position_partition(${addDays(today, -9)}::text::date, 0)`).rejects.toThrow("hot");
  });
});

describe("nearby", () => {
  test("in-service vehicles heard of within the hour, on shift or not, nearest first, inside the radius, of this agency", async () => {
    const ctx = await reader((await anAgency(database.owner)).id);
    const { agencyId } = ctx.actor;
    const at = async (lng: number, row = {}, age = 30) => {
      const vehicle = await aVehicle(database.owner, agencyId, row);
      const takenAt = new Date(ctx.now.getTime() - age * 1000);
      await aPosition(database.owner, agencyId, vehicle.id, {
        location: { lng, lat: 40.62 },
        takenAt,
        receivedAt: takenAt,
      });
      return vehicle;
    };
    const far = await at(-89.3);
    const near = await at(-89.379);
    const van = await at(-89.36, { levels: ["wheelchair"] });
    await at(-89.38, { inService: false });
    await at(-89.38, { deactivatedAt: ctx.now });
    await at(-89.38, {}, 3700);
    await at(-88.0);
    const shift = await aShift(database.owner, agencyId, {
      vehicleId: far.id,
      startsAt: new Date(ctx.now.getTime() - 3600_000),
      endsAt: new Date(ctx.now.getTime() + 3600_000),
    });
    const stranger = await aVehicle(database.owner, (await anAgency(database.owner)).id);
    await aPosition(database.owner, stranger.agencyId, stranger.id, {
      location: { lng: -89.38, lat: 40.62 },
      takenAt: ctx.now,
      receivedAt: ctx.now,
    });
    const query = { lat: 40.62, lon: -89.38, radiusM: 20_000, limit: 10 };
    const { items } = await findNearby(ctx, query);
    expect(items.map((item) => item.vehicleId)).toEqual([near.id, van.id, far.id]);
    expect(items[0]).toMatchObject({
      shiftId: null,
      availability: "OFFLINE",
      positionAgeS: 30,
      callSign: near.callSign,
    });
    expect(items[2]).toMatchObject({ shiftId: shift.id, availability: "ONLINE", callSign: shift.callSign });
    expect(items[0]?.distanceM).toBeGreaterThan(80);
    expect(items[0]?.etaS).toBeGreaterThan(0);
    expect(
      (await findNearby(ctx, { ...query, level: "wheelchair", limit: 1 })).items.map((item) => item.vehicleId),
    ).toEqual([van.id]);
  });

  test("are found through the index although the wall is up", async () => {
    const { id: agencyId } = await anAgency(database.owner);
    const plan = await inAgency(database.db, { agencyId }, async (tx) => {
      // The table is tiny here: take away what suits tiny tables.
      for (const way of ["seqscan", "bitmapscan", "sort"]) await tx.execute(raw.raw(`set local enable_${way} = off`));
      const at = { lng: -89.38, lat: 40.62 };
      const query = nearestPositions(tx, agencyId, at, { since: new Date(0), limit: 5, level: "als" });
      return JSON.stringify(await tx.execute(raw`explain ${query.getSQL()}`));
    });
    expect(plan).toContain("vehicle_positions_nearest");
    expect(plan).toContain("Order By");
    expect(plan).not.toContain("Sort");
  });
});
