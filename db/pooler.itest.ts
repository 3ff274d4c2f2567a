import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createIngestHandler } from "@/server/api/ingest/handler";
import { createPipeline } from "@/server/services/positions/pipeline";
import { type Db, inAgency, openDb } from "./client";
import { openIngest } from "./ingest-client";
import { bases } from "./schema";
import { useTestDatabase } from "./testing/database";
import { aCall, aDispatch, auditOf, historyOf } from "./testing/dispatch";
import { aBase, anAgency } from "./testing/factories";
import { aPairedDevice, storedOf } from "./testing/ingest-harness";
import { SERVER_CONNECTIONS, usePooler } from "./testing/pooler";

const database = useTestDatabase();
const pooler = usePooler(database);
let db: Db;

beforeAll(() => {
  // More clients than the pooler has connections: transactions of several agencies take turns on each of them.
  db = openDb(pooler.url, { max: 12, prepare: false, name: "test" });
});
afterAll(() => db.$client.end({ timeout: 1 }));

test("behind a pooler in transaction mode each transaction sees its own agency, however they take turns", async () => {
  const agencies = await Promise.all([1, 2, 3, 4, 5].map(() => anAgency(database.owner)));
  for (const { id, name } of agencies) await aBase(database.owner, id, { name: `Base of ${name}` });
  const turns = Array.from({ length: 200 }, (_, at) => agencies[at % agencies.length] ?? agencies[0]);
  const seen = await Promise.all(
    turns.map((agency) =>
      inAgency(db, { agencyId: agency?.id ?? "" }, async (tx) => {
        await tx.execute(sql`select pg_sleep(0.002)`);
        return (await tx.select().from(bases)).map((base) => base.name);
      }),
    ),
  );
  expect(seen).toEqual(turns.map((agency) => [`Base of ${agency?.name}`]));
});

test("what a transaction set is gone with it: the next one on the connection sees nothing", async () => {
  const { id } = await anAgency(database.owner);
  await aBase(database.owner, id);
  for (let turn = 0; turn < 2 * SERVER_CONNECTIONS; turn++) {
    await inAgency(db, { agencyId: id }, (tx) => tx.select().from(bases));
    expect(await db.transaction((tx) => tx.select().from(bases))).toEqual([]);
  }
});

test("a call is taken through it, with its event and its audit row", async () => {
  const { dispatcher } = await aDispatch({ ...plain(), db });
  expect(dispatcher.db).toBe(db);
  const trip = await aCall(dispatcher);
  expect(await historyOf(database, trip.id)).toEqual(["booked requested"]);
  expect(await auditOf(database, trip.id)).toEqual(["trip.book"]);
});

test("fixes are stored through it, as the role that may store nothing else", async () => {
  const open = (url: string, max: number) => openIngest(url, { max, prepare: false });
  const [through, past] = [open(pooler.url, 4), open(database.urls.app, 1)];
  const pipeline = createPipeline({
    sql: through,
    writeSql: through,
    listenSql: past,
    clock: Date.now,
    onMoved: () => undefined,
    onTokenShared: () => Promise.resolve(),
  });
  const handle = createIngestHandler({ pipeline, clock: () => new Date(), forwarded: () => Promise.resolve(null) });
  try {
    const { token, vehicleId } = await aPairedDevice(database);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        handle({
          method: "POST",
          url: "/api/v1/positions",
          ip: "203.0.113.9",
          headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
          body: Buffer.from(
            JSON.stringify({ lat: 40.6, lon: -89.3, takenAt: new Date(Date.now() - at * 1_000).toISOString() }),
          ),
        }),
      ),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    expect((await storedOf(database, vehicleId)).history).toHaveLength(20);
  } finally {
    await pipeline.stop();
    await Promise.all([through.end({ timeout: 1 }), past.end({ timeout: 1 })]);
  }
});

test("the limits of the serving role hold behind it", async () => {
  const limits = await db.execute<{ name: string; setting: string }>(
    sql`select name, setting from pg_settings where name in ('statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout') order by name`,
  );
  expect(limits.map(({ name, setting }) => [name, Number(setting)])).toEqual([
    ["idle_in_transaction_session_timeout", 30_000],
    ["lock_timeout", 10_000],
    ["statement_timeout", 60_000],
  ]);
});

/** The database's own connections, without the getters of the hook. */
const plain = () => ({ db: database.db, owner: database.owner, sql: database.sql, urls: database.urls });
