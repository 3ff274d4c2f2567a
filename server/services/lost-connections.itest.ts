import { count, sql } from "drizzle-orm";
import postgres from "postgres";
import { expect, inject, test } from "vitest";
import { bases } from "@/db/schema";
import { useTestDatabase } from "@/db/testing/database";
import { aBase, anAgency, aUser, testCtx } from "@/db/testing/factories";
import type { Tx } from "@/db/types";
import { newId } from "@/server/ids";
import { read, write } from "./unit-of-work";

const database = useTestDatabase();

/** Ends the connection of this transaction from outside, as a failover or a restart of the database does. */
async function cutOff(tx: Tx): Promise<void> {
  const [row] = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`);
  const admin = postgres(inject("server").adminUrl, { max: 1, onnotice: () => undefined });
  await admin`select pg_terminate_backend(${row?.pid ?? 0})`;
  await admin.end();
}

test("a read whose connection is cut is done again, and its caller notices nothing", async () => {
  const { id: agencyId } = await anAgency(database.owner);
  await aBase(database.owner, agencyId);
  const ctx = testCtx(database.db, await aUser(database.owner, agencyId));
  let tries = 0;
  const found = await read(ctx, async (tx) => {
    if (++tries === 1) await cutOff(tx);
    return tx.select({ rows: count() }).from(bases);
  });
  expect([tries, found]).toEqual([2, [{ rows: 1 }]]);
});

test("a read that is cut off again and again fails", async () => {
  const { id: agencyId } = await anAgency(database.owner);
  const ctx = testCtx(database.db, await aUser(database.owner, agencyId));
  let tries = 0;
  const reading = read(ctx, async (tx) => {
    tries++;
    await cutOff(tx);
    return tx.select({ rows: count() }).from(bases);
  });
  await expect(reading).rejects.toThrow();
  expect(tries).toBe(2);
});

test("a write whose connection is cut is not done again, and leaves nothing behind", async () => {
  const { id: agencyId } = await anAgency(database.owner);
  const ctx = testCtx(database.db, await aUser(database.owner, agencyId));
  let tries = 0;
  const writing = write(ctx, async (tx) => {
    tries++;
    await tx.insert(bases).values({ agencyId, id: newId(), name: "Half", location: { lng: -89, lat: 40 } });
    await cutOff(tx);
    await tx.select({ rows: count() }).from(bases);
  });
  await expect(writing).rejects.toThrow();
  expect(tries).toBe(1);
  expect(await database.owner.$count(bases, sql`agency_id = ${agencyId}`)).toBe(0);
});
