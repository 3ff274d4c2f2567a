import { afterEach, expect, inject, test } from "vitest";
import { freezeDatabase, startDatabase, stopDatabase } from "./kit/cluster";
import { aConsole, tokenOf } from "./kit/console";
import { aFleet } from "./kit/fleet";
import { ask } from "./kit/http";
import { rssOf, untilReady, useStack } from "./kit/stack";
import { expectStoredOnce } from "./kit/stored";
import { Traffic } from "./kit/traffic";

const stack = useStack();
/** 30 in a full run (FAULT_AWAY_S); the mechanism is the same after a few. */
const AWAY_S = Number(process.env.FAULT_AWAY_S ?? 8);
const MB = 1_048_576;
const MOST_MB = 800;

// Whatever became of a test: the next one finds a database.
afterEach(() => startDatabase(inject("faults").cluster));

/** Jobs that the worker has done since a moment (epoch milliseconds). */
async function jobsDoneSince(atMs: number): Promise<number> {
  const [row] = await stack().sql<{ count: number }[]>`
    select count(*)::int as count from pgboss.job
    where state = 'completed' and completed_on > to_timestamp(${atMs / 1_000}::float8)`;
  return row?.count ?? 0;
}

test("while the database is away all is refused at once and kept small; when it is back, work goes on by itself", async () => {
  const { phones, dispatcher } = await aFleet(stack(), 150);
  const { url } = stack();
  const token = await tokenOf(stack(), dispatcher.email);
  const console_ = await aConsole(stack(), dispatcher.email);
  const traffic = new Traffic(stack(), phones).start();
  await expect.poll(() => traffic.count, { timeout: 30_000 }).toBeGreaterThan(300);
  expect((await console_.trpc.board.get.query({})).trips).toEqual([]);
  const { cluster } = inject("faults");
  const mostRss = { bytes: 0 };
  await stopDatabase(cluster);
  const wentAt = Date.now();
  const ready = async () => {
    const { status, text, headers } = await ask(`${url}/api/ready`);
    const { error } = JSON.parse(text) as { error?: { reasons: { path: string; code: string }[] } };
    return {
      status,
      retryAfter: headers["retry-after"],
      down: error?.reasons.map(({ path, code }) => `${path} ${code}`),
    };
  };
  await expect.poll(ready, { timeout: 5_000 }).toEqual({ status: 503, retryAfter: "5", down: ["database down"] });
  const slowest = { ms: 0 };
  let refused = 0;
  while (Date.now() - wentAt < AWAY_S * 1_000) {
    const from = performance.now();
    const [rest, page, alive, fix] = await Promise.all([
      ask(`${url}/api/v1/trips`, { token }),
      ask(`${url}/api/trpc/board.get`, { body: "{}", headers: console_.headers() }),
      ask(`${url}/api/health`),
      ask(`${url}/api/v1/positions`, { token: phones[0]?.token ?? "", body: '{"lat":40,"lon":-89}' }),
    ]);
    slowest.ms = Math.max(slowest.ms, performance.now() - from);
    expect([rest.status, page.status, alive.status, fix.status]).toEqual([503, 503, 200, 503]);
    for (const { headers } of [rest, page, fix]) expect(Number(headers["retry-after"])).toBeGreaterThan(0);
    refused += 3;
    mostRss.bytes = Math.max(mostRss.bytes, rssOf(stack(), "web"));
  }
  expect(refused).toBeGreaterThan(AWAY_S * 20);
  expect(slowest.ms).toBeLessThan(3_000);
  // What the collector leaves lying about varies; what waits would grow without end.
  expect(mostRss.bytes / MB).toBeLessThan(MOST_MB);
  await startDatabase(cluster);
  const backAt = Date.now();
  await untilReady(stack());
  await expect.poll(async () => (await ask(`${url}/api/v1/trips`, { token })).status, { timeout: 10_000 }).toBe(200);
  expect((await console_.trpc.board.get.query({})).trips).toEqual([]);
  expect(Date.now() - backAt).toBeLessThan(10_000);
  await expect.poll(() => jobsDoneSince(backAt), { timeout: 30_000 }).toBeGreaterThan(0);
  await traffic.finish();
  await expectStoredOnce(stack(), traffic.acknowledged);
  process.stdout.write(
    `away ${AWAY_S} s: slowest refusal ${slowest.ms.toFixed(0)} ms, RSS ${(mostRss.bytes / MB).toFixed(0)} MB at most\n`,
  );
});

/** The status of an answer that came within a second, or "late". */
const answerAtOnce = (url: string, token?: string): Promise<number | "late"> =>
  Promise.race([
    ask(url, { ...(token && { token }) }).then(({ status }) => status),
    new Promise<"late">((resolve) => setTimeout(() => resolve("late"), 1_000)),
  ]);

test("a database that hangs is as good as away, and nothing is lost when it goes on", async () => {
  const { cluster } = inject("faults");
  const { phones, dispatcher } = await aFleet(stack(), 30);
  const { url } = stack();
  const token = await tokenOf(stack(), dispatcher.email);
  const traffic = new Traffic(stack(), phones).start();
  await expect.poll(() => traffic.count, { timeout: 20_000 }).toBeGreaterThan(30);
  freezeDatabase(cluster, true);
  try {
    // Known for down without asking again, so that nobody waits for it.
    await expect.poll(() => answerAtOnce(`${url}/api/ready`), { timeout: 15_000 }).toBe(503);
    expect(await answerAtOnce(`${url}/api/v1/trips`, token)).toBe(503);
    expect(await answerAtOnce(`${url}/api/health`)).toBe(200);
  } finally {
    freezeDatabase(cluster, false);
  }
  await untilReady(stack());
  const before = traffic.count;
  await expect.poll(() => traffic.count, { timeout: 20_000 }).toBeGreaterThan(before + 60);
  await traffic.finish();
  await expectStoredOnce(stack(), traffic.acknowledged);
});
