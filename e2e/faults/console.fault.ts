import type { Browser, Page } from "playwright-core";
import { afterEach, beforeEach, expect, inject, test } from "vitest";
import { agencyChannel } from "@/server/realtime/channels";
import { aBoard, untilShown } from "./kit/browser";
import { killPostmaster, startDatabase } from "./kit/cluster";
import { aConsole, aListener, tokenOf } from "./kit/console";
import { aFleet, type Fleet } from "./kit/fleet";
import { killService, untilReady, useStack } from "./kit/stack";
import { book } from "./kit/work";

const stack = useStack();
let fleet: Fleet;
let token: string;
let page: Page;
let browser: Browser;

beforeEach(async () => {
  fleet = await aFleet(stack(), 1);
  token = await tokenOf(stack(), fleet.dispatcher.email);
  ({ page, browser } = await aBoard(stack(), fleet.dispatcher.email));
  await untilShown(page, /^Live$/);
});
afterEach(() => browser.close());

test("with the realtime server away dispatch goes on: the console says so, and reads the board by itself", async () => {
  await stack().services.halt("realtime");
  await untilShown(page, /live feed is out/);
  const unheard = await book(stack(), token);
  await untilShown(page, unheard.number, 12_000);
  stack().services.resume("realtime");
  await untilShown(page, /^Live$/, 40_000);
  await page.getByText(/live feed is out/).waitFor({ state: "hidden" });
});

test("consoles and subscribers recover by themselves when web, realtime and database have died", async () => {
  const { cluster } = inject("faults");
  const listener = await aListener(stack(), token);
  const api = await aConsole(stack(), fleet.dispatcher.email);
  listener.subscribe(agencyChannel(fleet.agencyId));
  await expect.poll(() => listener.subscriptions).toBe(1);
  for (const service of ["realtime", "web"]) killService(stack(), service);
  await killPostmaster(cluster);
  await startDatabase(cluster);
  await untilReady(stack());
  await expect.poll(() => listener.subscriptions, { timeout: 40_000 }).toBeGreaterThan(1);
  const trip = await book(stack(), token);
  await expect.poll(() => listener.heard.some(({ data }) => data.tripId === trip.id), { timeout: 10_000 }).toBe(true);
  expect((await api.trpc.board.get.query({})).trips.map(({ number }) => number)).toContain(trip.number);
  await untilShown(page, trip.number);
  await untilShown(page, /^Live$/, 40_000);
  listener.stop();
});
