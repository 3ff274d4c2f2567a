import { expect, inject, test } from "vitest";
import { descendantsOf } from "@/scripts/bench/lib/process-usage";
import { killPostmaster, startDatabase } from "./kit/cluster";
import { aFleet } from "./kit/fleet";
import { ask } from "./kit/http";
import { killService, untilReady, useStack } from "./kit/stack";
import { expectStoredOnce } from "./kit/stored";
import { Traffic } from "./kit/traffic";

const stack = useStack();
const PHONES = 60;

/** Phones send; after a while `harm` happens; they go on until everything they hold is acknowledged. */
async function duringIngest(harm: () => Promise<void>): Promise<Traffic> {
  const { phones } = await aFleet(stack(), PHONES);
  const traffic = new Traffic(stack(), phones).start();
  await expect.poll(() => traffic.count, { timeout: 30_000 }).toBeGreaterThan(PHONES * 2);
  await harm();
  await untilReady(stack());
  const before = traffic.count;
  await expect.poll(() => traffic.count, { timeout: 30_000 }).toBeGreaterThan(before + PHONES * 2);
  await traffic.finish();
  await expectStoredOnce(stack(), traffic.acknowledged);
  return traffic;
}

test("kill -9 of the web process loses no acknowledged fix, and what was sent again is stored once", async () => {
  const traffic = await duringIngest(async () => {
    killService(stack(), "web");
  });
  expect(traffic.failures).toBeGreaterThan(0);
});

test("kill -9 of the pages behind the web process is not noticed by the phones, and they come back by themselves", async () => {
  const health = () => ask(`${stack().url}/api/health`);
  const traffic = await duringIngest(async () => {
    const web = stack().services.pid("web") ?? 0;
    const [pages = 0, ...others] = descendantsOf(web);
    expect(others).toEqual([]);
    process.kill(pages, "SIGKILL");
    await expect.poll(async () => (await health()).status, { interval: 20 }).toBe(503);
    const { headers, text } = await health();
    expect(Number(headers["retry-after"])).toBeGreaterThan(0);
    expect(JSON.parse(text)).toMatchObject({
      error: { code: "unavailable", reasons: [{ path: "pages", code: "down" }] },
    });
    await untilReady(stack());
    expect(stack().services.pid("web")).toBe(web);
  });
  expect(traffic.failures).toBe(0);
});

test("kill -9 of the database's postmaster loses no acknowledged fix, and what was sent again is stored once", async () => {
  const { cluster } = inject("faults");
  const traffic = await duringIngest(async () => {
    await killPostmaster(cluster);
    await startDatabase(cluster);
  });
  expect(traffic.failures).toBeGreaterThan(0);
});

test.each(["worker", "realtime"])("kill -9 of the %s process is not noticed by the phones", async (service) => {
  const traffic = await duringIngest(async () => {
    const killed = killService(stack(), service);
    await expect.poll(() => stack().services.pid(service)).not.toBe(killed);
  });
  expect(traffic.failures).toBe(0);
});
