import { asc, eq } from "drizzle-orm";
import { afterEach, expect, test } from "vitest";
import { outbox } from "@/db/schema";
import { useTestDatabase } from "@/db/testing/database";
import { later } from "@/db/testing/dispatch";
import { anAgency, systemCtx } from "@/db/testing/factories";
import { newId } from "@/server/ids";
import { RealtimeError } from "@/server/integrations/pusher/answer";
import { createPublisher } from "@/server/integrations/pusher/publisher";
import { metrics } from "@/server/metrics";
import { APP, startServer } from "@/server/realtime/embedded/testing";
import { MAX_REFUSALS, setRealtimePort } from "@/server/realtime/publish";
import { sendOutbox } from "./send-outbox";

const database = useTestDatabase();
const closers: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  setRealtimePort(null);
  for (const close of closers.splice(0)) await close();
});

/** An agency whose events were left behind a minute ago, with payloads as given. */
async function leftBehind(payloads: Record<string, unknown>[]) {
  const { id: agencyId } = await anAgency(database.owner);
  const ctx = systemCtx(database.db, agencyId);
  const rows = payloads.map((payload, i) => ({ agencyId, id: newId(), channel: "room", name: `event-${i}`, payload }));
  await database.owner.insert(outbox).values(rows.map((row) => ({ ...row, createdAt: later(ctx, -1).now })));
  return ctx;
}

const rowsOf = ({ actor }: { actor: { agencyId: string } }) =>
  database.owner.select().from(outbox).where(eq(outbox.agencyId, actor.agencyId)).orderBy(asc(outbox.id));

const countOf = async (result: string) =>
  (await metrics().outboxPublished.get()).values.find(({ labels }) => labels.result === result)?.value ?? 0;

async function realServer() {
  const running = await startServer();
  const { id: appId, key, secret } = APP;
  const at = { host: "127.0.0.1", port: running.port, isTls: false, isEmbedded: true };
  const publisher = createPublisher({ appId, key, secret, ...at });
  closers.push(() => publisher.close(), running.stop);
  setRealtimePort((events) => publisher.publish(events));
  return running;
}

test("an event that the server refuses keeps no other back, and is given up with its reason and counted", async () => {
  const { server } = await realServer();
  const events = Array.from({ length: 25 }, (_, n) => ({ n, text: n === 7 ? "x".repeat(11_000) : "" }));
  const ctx = await leftBehind(events);
  expect(await sendOutbox(ctx)).toBe(24);
  expect(server.metrics.publishedTotal).toBeGreaterThanOrEqual(24);
  const unsent = (await rowsOf(ctx)).filter(({ sentAt }) => sentAt === null);
  expect(unsent).toMatchObject([{ name: "event-7", refusals: 1, failure: "refused with 413", failedAt: null }]);
  const before = await countOf("given_up");
  for (let tries = 1; tries < MAX_REFUSALS; tries++) expect(await sendOutbox(ctx)).toBe(0);
  expect((await rowsOf(ctx))[7]).toMatchObject({ refusals: MAX_REFUSALS, failure: "refused with 413" });
  expect((await rowsOf(ctx))[7]?.failedAt).not.toBeNull();
  expect(await countOf("given_up")).toBe(before + 1);
  await sendOutbox(ctx);
  expect((await rowsOf(ctx))[7]).toMatchObject({ refusals: MAX_REFUSALS, attempts: MAX_REFUSALS });
});

test("a server that breaks on one event gets the others", async () => {
  const heard: string[] = [];
  setRealtimePort(async (events) => {
    if (events.some(({ name }) => name === "event-3")) throw new RealtimeError("broken", 500);
    heard.push(...events.map(({ name }) => name));
  });
  const ctx = await leftBehind(Array.from({ length: 6 }, (_, n) => ({ n })));
  expect(await sendOutbox(ctx)).toBe(5);
  expect(heard).toEqual(["event-0", "event-1", "event-2", "event-4", "event-5"]);
});

test("while the server is away, or refuses everything, no event is blamed and few calls are made", async () => {
  const failures = [
    new RealtimeError("no answer"),
    new RealtimeError("wrong secret", 401),
    new RealtimeError("x", 500),
  ];
  for (const failure of failures) {
    let calls = 0;
    setRealtimePort(() => {
      calls++;
      return Promise.reject(failure);
    });
    const ctx = await leftBehind(Array.from({ length: 40 }, (_, n) => ({ n })));
    expect(await sendOutbox(ctx)).toBe(0);
    expect((await rowsOf(ctx)).every((row) => row.refusals === 0 && row.attempts === 1 && !row.failedAt)).toBe(true);
    expect(calls).toBeLessThan(12);
  }
});

test("an event nobody needs any more expires", async () => {
  const ctx = await leftBehind([{ n: 1 }]);
  const before = await countOf("expired");
  const heard: unknown[] = [];
  setRealtimePort(async (events) => void heard.push(...events));
  expect(await sendOutbox(later(ctx, 120))).toBe(0);
  expect(await rowsOf(ctx)).toMatchObject([{ failure: "expired", sentAt: null }]);
  expect([heard, await countOf("expired")]).toEqual([[], before + 1]);
});
