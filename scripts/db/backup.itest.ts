import { randomBytes } from "node:crypto";
import { appendFileSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import postgres from "postgres";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { openDb } from "@/db/client";
import { useTestDatabase } from "@/db/testing/database";
import { aCall, aDispatch } from "@/db/testing/dispatch";
import { databaseSql } from "@/scripts/lib/roles.mjs";
import { getTrip } from "@/server/services/trips/get-trip";
import { backUp, restore } from "./backup-files";

const database = useTestDatabase();
const dir = mkdtempSync(path.join(tmpdir(), "runboard-backup-"));
const made: string[] = [];
let admin: postgres.Sql;

beforeAll(() => {
  admin = postgres(inject("server").adminUrl, { max: 1, onnotice: () => undefined });
});
afterAll(async () => {
  for (const name of made) await admin.unsafe(`drop database if exists ${name} with (force)`);
  await admin.end();
  rmSync(dir, { recursive: true, force: true });
});

/** What `npm run db:roles` leaves: a database with its extensions and nothing else. */
async function anEmptyDatabase() {
  const { adminUrl, appUrl, ownerUrl } = inject("server");
  const name = `t_${process.pid}_${randomBytes(4).toString("hex")}`;
  made.push(name);
  await admin.unsafe(`create database ${name} owner runboard_owner`);
  const inside = postgres(adminUrl.replace(/\/postgres$/, `/${name}`), { max: 1, onnotice: () => undefined });
  await inside.unsafe(databaseSql());
  await inside.end();
  return { app: appUrl.replace("DATABASE_NAME", name), owner: ownerUrl.replace("DATABASE_NAME", name) };
}

test("the drill: a backup restored elsewhere has every row, its walls and its secrets, and the times are told", async () => {
  const { dispatcher, agencyId } = await aDispatch(database);
  const { dispatcher: stranger } = await aDispatch(database);
  const trips = [];
  for (let at = 0; at < 20; at++) trips.push(await aCall(dispatcher));
  const file = path.join(dir, "drill.dump");
  const t0 = performance.now();
  const taken = await backUp(database.urls.owner, file, new Date());
  const t1 = performance.now();
  const empty = await anEmptyDatabase();
  const t2 = performance.now();
  const restored = await restore(empty.owner, file);
  const t3 = performance.now();
  console.log(`restore drill: backup ${Math.round(t1 - t0)} ms, restore ${Math.round(t3 - t2)} ms`);
  expect(restored).toEqual(taken);
  expect(taken.rows["public.trips"]).toBe(20);

  const db = openDb(empty.app, { max: 2, name: "test" });
  try {
    const tripId = trips[7]?.id ?? "";
    expect(await getTrip({ ...dispatcher, db }, { tripId })).toMatchObject({ id: tripId, riderName: "Ada Lovelace" });
    await expect(getTrip({ ...stranger, db }, { tripId })).rejects.toMatchObject({ code: "not_found" });
    expect((await aCall({ ...dispatcher, db })).number).toBe("T-00021");
    expect(dispatcher.actor.agencyId).toBe(agencyId);
  } finally {
    await db.$client.end({ timeout: 1 });
  }
});

test("a damaged file, a database that is in use and a name that is taken are refused, and nothing is changed", async () => {
  const file = path.join(dir, "damaged.dump");
  await backUp(database.urls.owner, file, new Date());
  await expect(backUp(database.urls.owner, file, new Date())).rejects.toThrow("is there already");
  await expect(restore(database.urls.owner, file)).rejects.toThrow("not empty");
  appendFileSync(file, "x");
  const empty = await anEmptyDatabase();
  await expect(restore(empty.owner, file)).rejects.toThrow("damaged");
});

test("a backup that fails leaves no file that looks like one", async () => {
  const file = path.join(dir, "none.dump");
  await expect(backUp(database.urls.owner.replace(/\/[^/]+$/, "/nowhere"), file, new Date())).rejects.toThrow();
  expect(existsSync(file) || existsSync(`${file}.half`)).toBe(false);
});
