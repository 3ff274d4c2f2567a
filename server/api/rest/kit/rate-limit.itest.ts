import { beforeAll, beforeEach, expect, test } from "vitest";
import { useTestDatabase } from "@/db/testing/database";
import type { Actor } from "@/server/context";
import { setDatabase } from "@/server/database";
import { newId } from "@/server/ids";
import { cleanUpSignIns } from "@/server/services/housekeeping/clean-up";
import { takeForActor, takeFromNetwork } from "./rate-limit";

const database = useTestDatabase();
const START = Date.parse("2027-03-03T15:00:00Z");

beforeAll(() => setDatabase(database.db));
beforeEach(() => inProcess(newId()));

/** What belongs to one process only: another name, another process. */
const processes = new Map<string, unknown>();
const holder = globalThis as { [key: symbol]: unknown };
const KEY = Symbol.for("runboard.rate-limits");
let current = "";
function inProcess(name: string) {
  processes.set(current, holder[KEY]);
  current = name;
  holder[KEY] = processes.get(name);
}

const aKey = (): Actor => ({ kind: "api_key", agencyId: newId(), apiKeyId: newId(), scopes: [] });

/** How many of so many requests were let through, taking turns between processes. */
async function letThrough(requests: number, names: string[], take: () => Promise<unknown>) {
  let count = 0;
  for (let at = 0; at < requests; at++) {
    inProcess(names[at % names.length] ?? "");
    await take().then(
      () => count++,
      (error: unknown) => expect(error).toMatchObject({ code: "rate_limited", retryAfterS: 1 }),
    );
  }
  return count;
}

test("one process lets a key make exactly 600 requests in a moment", async () => {
  const key = aKey();
  expect(await letThrough(620, ["one"], () => takeForActor(key, START))).toBe(600);
});

test("two processes together let it make no more", async () => {
  const key = aKey();
  const count = await letThrough(700, ["one", "two"], () => takeForActor(key, START));
  expect(count).toBe(600);
});

test("a process that takes nothing holds back a thirtieth at most, and gives it up within a minute", async () => {
  const key = aKey();
  await letThrough(1, ["idle"], () => takeForActor(key, START));
  expect(await letThrough(620, ["busy"], () => takeForActor(key, START))).toBe(580);
  expect(await letThrough(620, ["busy"], () => takeForActor(key, START + 61_000))).toBe(600);
});

test("what was used up comes back with time", async () => {
  const key = aKey();
  await letThrough(620, ["one"], () => takeForActor(key, START));
  expect(await letThrough(300, ["one"], () => takeForActor(key, START + 10_000))).toBe(100);
});

test("failures of a network count across processes, successes do not", async () => {
  const network = "203.0.113.77";
  const succeed = async () => (await takeFromNetwork(network, START))();
  expect(await letThrough(200, ["one", "two"], succeed)).toBe(200);
  const failed = await letThrough(80, ["one", "two"], () => takeFromNetwork(network, START));
  expect(failed).toBe(60);
  expect(await letThrough(1, ["three"], () => takeFromNetwork(network, START))).toBe(0);
});

test("many failures at once are counted each", async () => {
  const network = "203.0.113.78";
  const results = await Promise.allSettled(Array.from({ length: 90 }, () => takeFromNetwork(network, START)));
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(60);
});

test("no address stands in the shared table, and full buckets are removed", async () => {
  await takeFromNetwork("203.0.113.79", START);
  const rows = await database.sql<{ key: string }[]>`select key from rate_buckets`;
  expect(rows.length).toBeGreaterThan(0);
  expect(JSON.stringify(rows)).not.toContain("203.0.113");
  await cleanUpSignIns(database.db, new Date(START + 3_600_000));
  expect(await database.sql`select 1 from rate_buckets`).toEqual([]);
});

test("with the database away each process counts for itself", async () => {
  const { openDb } = await import("@/db/client");
  const away = openDb("postgres://nobody@127.0.0.1:1/none", { max: 1 });
  setDatabase(away);
  try {
    await takeForActor(aKey(), START);
  } finally {
    setDatabase(database.db);
    await away.$client.end({ timeout: 1 });
  }
});
