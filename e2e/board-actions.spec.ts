import { expect, test } from "@playwright/test";
import { aTrip, aUnit, type Trip, withApi } from "./board-kit";
import { signIn } from "./fixtures";

test.use({ viewport: { width: 1440, height: 860 } });

/** Fewer than the trucks of the other file have: theirs must be the only ones that can take many. */
const PLACES = 3;

type Closed = { status: string; evidence: { callAttempts?: number; arrivedAt?: string } | null };

test("a no-show is recorded by keyboard, and not before its evidence is given", async ({ page, request }) => {
  const admin = await withApi(request);
  const { shiftId, callSign } = await aUnit(admin, PLACES);
  const trip = await aTrip(admin, { wheelchair: PLACES });
  await admin.post(`/trips/${trip.id}/assign`, { shiftId, mode: "dispatch", version: trip.version });
  await admin.post(`/trips/${trip.id}/status`, { status: "ARRIVED" });
  await signIn(page, "dispatcher@demo.test", "/board");
  await page.getByRole("searchbox", { name: "Filter assigned trips" }).fill(trip.number);
  const row = page.locator(`[data-row-id="${trip.id}"]`);
  await expect(row).toContainText(callSign);
  await row.focus();
  await page.keyboard.press("s");
  const panel = page.locator("[data-expanded]");
  const number = await panel.getByRole("button", { name: "No-show" }).locator("kbd").innerText();
  await page.keyboard.press(number);
  const calls = panel.getByLabel("Times the rider was called");
  await expect(calls).toBeFocused();
  await expect(panel).toContainText("At the door since");
  await page.keyboard.press("Enter");
  expect((await admin.get<Closed>(`/trips/${trip.id}`)).status).toBe("at_pickup");
  await page.keyboard.type("2");
  await page.keyboard.press("Enter");
  await expect(row).toContainText(/no-show \d\d:\d\d:\d\d/);
  const closed = await admin.get<Closed>(`/trips/${trip.id}`);
  expect(closed).toMatchObject({ status: "no_show", evidence: { callAttempts: 2 } });
  expect(closed.evidence?.arrivedAt).toBeTruthy();
  await row.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText("called 2 times").first()).toBeVisible();
});

test("several trips are given to one unit by keyboard, each tells how it went, and the list has the focus again", async ({
  page,
  request,
}) => {
  const admin = await withApi(request);
  const { callSign } = await aUnit(admin, PLACES);
  const rider = `Bulk ${callSign}`;
  const fits = await aTrip(admin, { wheelchair: PLACES }, rider);
  const tooMany = await aTrip(admin, { wheelchair: PLACES + 1 }, rider);
  await signIn(page, "dispatcher@demo.test", "/board");
  await page.getByRole("searchbox", { name: "Filter unassigned trips" }).fill(rider);
  const list = page.getByRole("grid", { name: "Unassigned trips" });
  await expect(list.locator("[data-row-id]")).toHaveCount(2);
  await list.locator("[data-row-id]").first().focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("b");
  await expect(page.getByRole("button", { name: "Give to a unit" })).toBeFocused();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog");
  const unit = dialog.getByRole("combobox", { name: "Unit" });
  await expect(unit).toBeFocused();
  await unit.fill(callSign);
  await page.getByRole("option", { name: callSign }).waitFor();
  await page.keyboard.press("Enter");
  await dialog.getByRole("button", { name: `Reserve ${callSign} for 2 trips` }).click();
  await expect(dialog).toContainText("1 of 2 done, 1 refused");
  const line = ({ number }: Trip) => dialog.getByRole("listitem").filter({ hasText: number });
  await expect(line(fits)).toContainText("done");
  await expect(line(tooMany).getByRole("alert")).toContainText("Not enough places");
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(list.locator("[data-row-id]:focus")).toHaveCount(1);
  await expect(page.getByText(/rows? selected/)).toHaveCount(0);
});

test("an exception is snoozed and taken back by keyboard, its reason is read, and Esc closes the form but not the list", async ({
  page,
}) => {
  test.setTimeout(150_000);
  await signIn(page, "dispatcher@demo.test", "/board");
  await page.getByRole("button", { name: /open exception/ }).click();
  const lines = page.getByRole("dialog", { name: "Exceptions" }).getByRole("listitem");
  const first = lines.filter({ has: page.getByRole("button", { name: "Snooze" }), hasNotText: "snoozed" }).first();
  // The watch looks once a minute.
  await expect(first).toBeVisible({ timeout: 100_000 });
  const snooze = first.getByRole("button", { name: "Snooze", exact: true }).first();
  await snooze.press("Enter");
  const reason = page.getByRole("form", { name: "Snooze" }).getByLabel("Reason");
  await expect(reason).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(reason).toBeHidden();
  await expect(lines.first()).toBeVisible();
  const before = await lines.filter({ hasText: "snoozed until" }).count();
  await snooze.press("Enter");
  await page.keyboard.type("Facility was told");
  await page.keyboard.press("Enter");
  await expect(lines.filter({ hasText: "snoozed until" })).toHaveCount(before + 1);
  const aside = lines.filter({ hasText: "snoozed until" }).filter({ hasText: "Facility was told" });
  await aside.getByRole("button", { name: "End the snooze" }).press("Enter");
  await expect(lines.filter({ hasText: "snoozed until" })).toHaveCount(before);
  await expect(lines.filter({ hasText: "Facility was told" })).toHaveCount(0);
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test("the board shows one list at a time, a trip opens over it, and the counts stay in reach", async ({
    page,
    request,
  }) => {
    const admin = await withApi(request);
    const { callSign } = await aUnit(admin, PLACES);
    const trip = await aTrip(admin, { wheelchair: PLACES });
    await signIn(page, "dispatcher@demo.test", "/board");
    await expect(page.getByRole("grid")).toHaveCount(1);
    await page.getByRole("searchbox", { name: "Filter unassigned trips" }).fill(trip.number);
    await page.locator(`[data-row-id="${trip.id}"]`).click();
    const beside = page.getByRole("complementary", { name: "Beside the board" });
    await expect(beside).toContainText(trip.number);
    expect((await beside.boundingBox())?.width).toBeGreaterThan(330);
    await beside.getByRole("button", { name: "Close" }).first().click();
    await page.getByRole("tab", { name: /^Units/ }).click();
    await page.getByRole("searchbox", { name: "Filter units" }).fill(callSign);
    await expect(page.getByRole("grid", { name: "Units" })).toContainText(callSign);
    await expect(page.getByRole("grid")).toHaveCount(1);
    await expect(page.getByRole("group", { name: "Show only" })).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBe(0);
  });
});
