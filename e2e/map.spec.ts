import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { apiOf, expect, signIn, test } from "./fixtures";

type Vehicle = {
  id: string;
  vehicleNo: string;
  callSign: string;
  availability: string;
  shift: { callSign: string } | null;
};

async function openMap(page: Page) {
  await signIn(page, "dispatcher@demo.test", "/map");
  await expect(page.locator("[data-map-ready]")).toBeVisible({ timeout: 45_000 });
}
const drawn = (page: Page) =>
  page.locator("[data-map-ready]").evaluate((map) => Number(map instanceof HTMLElement ? map.dataset.drawn : 0));

/** A vehicle on duty with a phone of its own, and a way to post its fixes. */
async function aTrackedUnit(request: Parameters<typeof apiOf>[0]) {
  const admin = await apiOf(request, "admin@demo.test");
  const { items } = await admin.get<{ items: Vehicle[] }>("/vehicles?limit=200");
  const vehicle = items.find(({ availability, shift }) => availability !== "OFFLINE" && shift !== null);
  if (!vehicle) throw new Error("the demo has no unit on duty");
  const { token } = await admin.post<{ token: string }>("/devices", { label: "map test", vehicleId: vehicle.id });
  const post = (lat: number, lon: number) =>
    admin.post(
      "/positions",
      { lat, lon, takenAt: new Date().toISOString(), speedMps: 9, headingDeg: 90, accuracyM: 8 },
      token,
    );
  return { callSign: vehicle.shift?.callSign ?? vehicle.callSign, post };
}

test("the map asks for tiles, draws the fleet, and shows a fix on an open console within seconds", async ({
  page,
  request,
}) => {
  const unit = await aTrackedUnit(request);
  const tile = page.waitForResponse(
    (response) => /\/tiles\/\d+\/\d+\/\d+/.test(response.url()) && response.status() === 200,
  );
  await openMap(page);
  await tile;
  await unit.post(40.62, -89.38);
  await expect.poll(() => drawn(page)).toBeGreaterThan(0);
  const row = page
    .getByRole("grid", { name: "Units" })
    .getByRole("row")
    .filter({ has: page.getByText(unit.callSign, { exact: true }) });
  await expect(row).toContainText(/now|\d+ s/);
});

test("the list twin works by keyboard alone: find, open, close a unit's card", async ({ page, request }) => {
  const unit = await aTrackedUnit(request);
  await unit.post(40.63, -89.37);
  await openMap(page);
  await page.getByRole("searchbox", { name: "Find a unit" }).fill(unit.callSign);
  const row = page.getByRole("grid", { name: "Units" }).getByRole("row").nth(1);
  await row.focus();
  await page.keyboard.press("Enter");
  const card = page.getByRole("region", { name: unit.callSign });
  await expect(card).toContainText("Received");
  await expect(page).toHaveURL(/unit=[0-9a-f-]{36}/);
  await expect(page.getByText(`Following ${unit.callSign}`)).toBeVisible();
  await card.getByRole("button", { name: "Close" }).press("Escape");
  await expect(card).toBeHidden();
});

test("a pan by hand locks the view until the dispatcher follows again", async ({ page, request }) => {
  const unit = await aTrackedUnit(request);
  await unit.post(40.62, -89.38);
  await openMap(page);
  const box = await page.locator("[data-map-ready]").boundingBox();
  if (!box) throw new Error("the map has no size");
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2 + 120, box.y + box.height / 2 + 40, { steps: 6 });
  await page.mouse.up();
  await expect(page.getByText("View locked")).toBeVisible();
  await page.getByRole("button", { name: /^Follow/ }).click();
  await expect(page.getByText("View locked")).toBeHidden();
});

for (const colorScheme of ["light", "dark"] as const)
  test(`axe finds nothing on the map in the ${colorScheme} theme`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await openMap(page);
    await expect(page.getByRole("grid", { name: "Units" }).getByRole("row").nth(1)).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, impact }) => `${impact} ${id}`)).toEqual([]);
  });
