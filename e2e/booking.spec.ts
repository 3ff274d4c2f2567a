import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { apiOf, expect, signIn, test } from "./fixtures";

type Facility = { id: string; name: string };
type Trip = {
  id: string;
  number: string;
  status: string;
  priority: string;
  riderName: string | null;
  pickup: { facilityId: string | null; address: string | null };
  dropoff: { facilityId: string | null } | null;
};

/** Types into a place field and takes the first thing found. */
async function typePlace(page: Page, text: string) {
  await page.keyboard.type(text, { delay: 20 });
  await page.getByRole("option").first().waitFor();
  await page.keyboard.press("Enter");
}

test("a call is taken by the keyboard alone in under half a minute, without a URL that says where to", async ({
  page,
  request,
}) => {
  const admin = await apiOf(request, "admin@demo.test");
  const { items } = await admin.get<{ items: Facility[] }>("/facilities?limit=200");
  const [from, to] = items;
  if (!from || !to) throw new Error("the demo has no facilities");
  const urls: string[] = [];
  page.on("request", (asked) => urls.push(asked.url()));
  await signIn(page, "dispatcher@demo.test", "/board");
  await page.locator("h1").click();
  const startedAt = Date.now();

  await page.keyboard.press("n");
  const form = page.getByRole("form", { name: "New trip" });
  await expect(form.getByLabel("Pickup", { exact: true })).toBeFocused();
  await typePlace(page, from.name);
  await form.getByLabel(/^Drop-off/).focus();
  await typePlace(page, to.name);
  await form.getByLabel("Rider", { exact: true }).focus();
  const rider = `Keyboard ${crypto.randomUUID().slice(0, 8)}`;
  await page.keyboard.type(rider);
  const answered = page.waitForResponse((response) => response.url().includes("trips.book"));
  await page.keyboard.press("Control+Enter");
  expect((await answered).ok()).toBe(true);
  await expect(form).toBeHidden();
  expect(Date.now() - startedAt).toBeLessThan(30_000);

  const found = await admin.post<{ items: Trip[] }>("/trips/search", { q: rider });
  expect(found.items).toMatchObject([
    {
      status: "requested",
      priority: "urgent",
      riderName: rider,
      pickup: { facilityId: from.id },
      dropoff: { facilityId: to.id },
    },
  ]);
  const telling = urls.filter((url) => url.includes("Keyboard") || url.includes(encodeURIComponent(from.name)));
  expect(telling).toEqual([]);
});

test("what is missing is said where it is asked, and Esc puts a draft away without losing it", async ({ page }) => {
  await signIn(page, "dispatcher@demo.test", "/board");
  await page.locator("h1").click();
  await page.keyboard.press("n");
  const form = page.getByRole("form", { name: "New trip" });
  await form.getByLabel("Rider", { exact: true }).fill("Drafted Person");
  await page.keyboard.press("Control+Enter");
  await expect(form.getByText("Where is the pickup?")).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).include("form[aria-label='New trip']").analyze();
  expect(violations.map(({ id, impact }) => `${impact} ${id}`)).toEqual([]);
  await form.getByLabel("Phone").press("Escape");
  await expect(form).toBeHidden();
  await page.locator("h1").click();
  await page.keyboard.press("n");
  await expect(form.getByLabel("Rider", { exact: true })).toHaveValue("Drafted Person");
});
