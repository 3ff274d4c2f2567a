import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterEach, expect, inject, test } from "vitest";
import { ROOT } from "@/scripts/lib/pg-home.mjs";
import { aBoard, untilShown } from "./kit/browser";
import { startDatabase, stopDatabase } from "./kit/cluster";
import { tokenOf } from "./kit/console";
import { aFleet } from "./kit/fleet";
import { ask, askJson } from "./kit/http";
import { untilReady, useStack } from "./kit/stack";
import { aRunningShift, type Booked, book, runJobNow } from "./kit/work";

const stack = useStack();

// Whatever became of a test: the next one finds a database.
afterEach(() => startDatabase(inject("faults").cluster));

/** What this browser keeps: rows of the copy, and whether its page can be opened without the server. */
const keptIn = async (): Promise<{ boards: number; page: boolean }> => {
  const db = await new Promise<IDBDatabase>((resolve, reject) => {
    const opening = indexedDB.open("runboard-console");
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(new Error("no storage"));
  });
  const boards = await new Promise<number>((resolve) => {
    if (!db.objectStoreNames.contains("boards")) return resolve(0);
    const counting = db.transaction("boards").objectStore("boards").count();
    counting.onsuccess = () => resolve(counting.result);
  });
  db.close();
  return { boards, page: (await caches.match("/away")) !== undefined };
};

test("with the database gone, and then the server, the dispatcher has every phone and address of the next hours", async () => {
  const { cluster } = inject("faults");
  const fleet = await aFleet(stack(), 1);
  const token = await tokenOf(stack(), fleet.dispatcher.email);
  const shift = await aRunningShift(stack(), fleet);
  const trips: Booked[] = [];
  for (let i = 0; i < 5; i++) trips.push(await book(stack(), token));
  const [first] = trips;
  if (!first) throw new Error("no trip was booked");
  const at = (id: string, verb: string) => `${stack().url}/api/v1/trips/${id}/${verb}`;
  const told = await askJson(at(first.id, "assign"), { token, json: { shiftId: shift.id, mode: "dispatch" } });
  expect(told.status, told.text).toBe(200);
  expect(await runJobNow(stack(), "run-sheets")).toMatchObject({ status: 200 });
  const { page, browser } = await aBoard(stack(), fleet.dispatcher.email);
  await untilShown(page, first.number);
  await expect.poll(() => page.evaluate(keptIn), { timeout: 20_000 }).toEqual({ boards: 1, page: true });
  const everythingIsThere = async () => {
    await untilShown(page, /read-only copy/, 40_000);
    const text = await page.locator("body").innerText();
    for (const trip of trips) for (const fact of [trip.riderPhone, trip.address]) expect(text).toContain(fact);
  };

  await stopDatabase(cluster);
  await everythingIsThere();
  await page.getByLabel(`Note for ${first.number}`).click();
  await page.getByRole("option", { name: "En route" }).click();
  await untilShown(page, /En route \d\d:\d\d/);
  const notedAt = Date.now();
  await page.reload();
  await everythingIsThere();
  await stack().services.halt("web");
  await page.reload();
  await everythingIsThere();
  // On paper, too: node and the key are enough.
  const out = path.join(stack().dataDir, "paper");
  const args = ["scripts/runsheets-open.mjs", "--dir", path.join(stack().dataDir, "runsheets"), "--out", out];
  const env = { PATH: process.env.PATH ?? "", PHI_KEYS: stack().env.PHI_KEYS ?? "", NODE_ENV: "production" as const };
  execFileSync(process.execPath, args, { cwd: ROOT, env });
  const paper = readdirSync(out)
    .map((name) => readFileSync(path.join(out, name), "utf8"))
    .join("");
  for (const trip of trips) for (const fact of [trip.riderPhone, trip.address]) expect(paper).toContain(fact);

  await untilShown(page, /En route \d\d:\d\d/);
  await startDatabase(cluster);
  stack().services.resume("web");
  await untilReady(stack());
  await page.waitForURL("**/board*", { timeout: 30_000 });
  await untilShown(page, first.number);
  // What was noted is entered with the time at which it was done.
  await page.getByRole("button", { name: "Enter it now" }).click();
  await page.getByText(/Noted while the server was away/).waitFor({ state: "hidden" });
  const { text } = await ask(`${stack().url}/api/v1/trips/${first.id}`, { token });
  const { times } = JSON.parse(text) as { times: { enRouteAt: string | null } };
  expect(Math.abs(Date.parse(times.enRouteAt ?? "") - notedAt)).toBeLessThan(5_000);

  await page.context().clearCookies();
  await page.goto("/board");
  await page.waitForURL("**/sign-in*");
  await expect.poll(() => page.evaluate(keptIn)).toMatchObject({ boards: 0 });
  await browser.close();
});
