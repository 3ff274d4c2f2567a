import { expect, test } from "vitest";
import { positionsChannel } from "@/server/realtime/channels";
import { aListener, tokenOf } from "./kit/console";
import { aFleet, type Phone } from "./kit/fleet";
import { ask, askJson, keepAlive } from "./kit/http";
import { useStack } from "./kit/stack";
import { countStored } from "./kit/stored";
import { fixAt } from "./kit/traffic";

const stack = useStack();
const PHONES = 500;
const LIVE = 20;
const DAY_S = 86_400;
/** One a minute with FAULT_BACKLOG_EVERY_S=60; less often, the same 500 phones arrive with less. */
const EVERY_S = Number(process.env.FAULT_BACKLOG_EVERY_S ?? 240);
const IN_BATCHES_OF = 1_440;

type Frame = { v: [string, number, ...unknown[]][] };

/** Sends fixes of units that drive now, and says how long each took to be on the map of who listens. */
class LiveUnits {
  readonly #sent: { vehicleNo: string; lonE5: number; atMs: number }[] = [];
  #isOver = false;
  #senders: Promise<void>[] = [];

  start(phones: Phone[]): this {
    this.#senders = phones.map((phone, i) => this.#drive(phone, i));
    return this;
  }

  async #drive({ token, vehicleNo }: Phone, i: number): Promise<void> {
    for (let n = 0; !this.#isOver; n++) {
      const fix = fixAt(i, n);
      this.#sent.push({ vehicleNo, lonE5: Math.round(fix.lon * 1e5), atMs: Date.now() });
      const { status } = await askJson(`${stack().url}/api/v1/positions`, { token, json: fix });
      expect(status).toBe(202);
      await new Promise((resolve) => setTimeout(resolve, 1_050));
    }
  }

  async stop(): Promise<void> {
    this.#isOver = true;
    await Promise.all(this.#senders);
  }

  /** Milliseconds from each post to the first frame that shows it or something newer, ascending. */
  delays(heard: { data: Record<string, unknown>; atMs: number }[]): number[] {
    return this.#sent
      .map(({ vehicleNo, lonE5, atMs }) => {
        const shown = heard.find(({ data }) => (data as Frame).v.some(([no, lon]) => no === vehicleNo && lon >= lonE5));
        return (shown?.atMs ?? Number.POSITIVE_INFINITY) - atMs;
      })
      .sort((a, b) => a - b);
  }
}

test(`a day's backlog of ${PHONES} phones at once does not hold up the live map, and is stored once`, async () => {
  const { phones } = await aFleet(stack(), PHONES - LIVE);
  const driving = await aFleet(stack(), LIVE);
  const token = await tokenOf(stack(), driving.dispatcher.email);
  const listener = await aListener(stack(), token);
  listener.subscribe(positionsChannel(driving.agencyId, 6, "all"));
  await expect.poll(() => listener.subscriptions).toBe(1);
  const now = Date.now();
  const count = DAY_S / EVERY_S;
  // Made before anything is measured: the phones' own work is not the server's.
  const batches = phones.map((_, i) => {
    const fixes = Array.from({ length: count }, (_none, n) =>
      fixAt(i, n, new Date(now - DAY_S * 1_000 + n * EVERY_S * 1_000)),
    );
    return Array.from({ length: Math.ceil(count / IN_BATCHES_OF) }, (_none, part) =>
      JSON.stringify({ fixes: fixes.slice(part * IN_BATCHES_OF, (part + 1) * IN_BATCHES_OF) }),
    );
  });
  const live = new LiveUnits().start(driving.phones);
  await expect.poll(() => listener.heard.length, { timeout: 15_000 }).toBeGreaterThan(3);
  const agent = keepAlive(PHONES);
  const from = performance.now();
  const send = async ({ token: own }: Phone, i: number) => {
    for (const body of batches[i] ?? []) {
      // Too much is waiting: again as Retry-After says.
      while ((await ask(`${stack().url}/api/v1/positions`, { token: own, body, agent })).status !== 202)
        await new Promise((resolve) => setTimeout(resolve, 2_000));
    }
  };
  await Promise.all(phones.map(send));
  const tookS = (performance.now() - from) / 1_000;
  await live.stop();
  await expect.poll(() => live.delays(listener.heard).at(-1), { timeout: 10_000 }).toBeLessThan(60_000);
  listener.stop();
  const delays = live.delays(listener.heard);
  const p95 = delays[Math.floor(delays.length * 0.95)] ?? Number.POSITIVE_INFINITY;
  const total = phones.length * count;
  process.stdout.write(
    `backlog: ${total} fixes in ${tookS.toFixed(1)} s (${Math.round(total / tookS)}/s); live units shown after ${delays[Math.floor(delays.length / 2)]} ms (p50), ${p95} ms (p95), ${delays.at(-1)} ms (worst of ${delays.length})\n`,
  );
  expect(
    await countStored(
      stack(),
      phones.map(({ vehicleId }) => vehicleId),
    ),
  ).toBe(total);
  expect(p95).toBeLessThan(2_000);
});
