import { AxeBuilder } from "@axe-core/playwright";
import type { Page, Request } from "@playwright/test";
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

/** Types into the place field that has the focus and takes the first thing found. */
async function typePlace(page: Page, text: string) {
  const field = page.locator("input:focus");
  const id = await field.getAttribute("id");
  await page.keyboard.type(text, { delay: 20 });
  await page.getByRole("option").first().waitFor();
  await page.keyboard.press("Enter");
  // The list goes when something was taken from it.
  const filled = page.locator(`[id="${id}"]`);
  await expect(filled).toHaveAttribute("aria-expanded", "false");
  await expect(filled).toHaveValue(new RegExp(`^${text}`));
}

/** Holds what is asked of `procedure` with this text, from when the server is asked until it is let go. */
async function holdSearch(page: Page, procedure: string, text: string) {
  let letGo = () => {};
  const gate = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const isHeld = (asked: Request) => asked.url().includes(procedure) && Boolean(asked.postData()?.includes(text));
  await page.route(
    (url) => url.pathname.includes(procedure),
    async (route) => {
      if (isHeld(route.request())) await gate;
      await route.fallback();
    },
  );
  return { asked: page.waitForRequest(isHeld), letGo };
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
  // Its ranked units are open and have the focus: a digit sends one.
  await expect(page.locator("[data-docked-panel] :focus")).toContainText("Units for");

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
  await form.getByLabel(/^Drop-off/).fill("Nowhere that is");
  await form.getByLabel("Rider", { exact: true }).fill("Drafted Person");
  await page.keyboard.press("Control+Enter");
  await expect(form.getByText("Where is the pickup?")).toBeVisible();
  await expect(form.getByText("What was typed is no place yet")).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).include("form[aria-label='New trip']").analyze();
  expect(violations.map(({ id, impact }) => `${impact} ${id}`)).toEqual([]);
  await form.getByLabel("Phone").press("Escape");
  await expect(form).toBeHidden();
  await page.locator("h1").click();
  await page.keyboard.press("n");
  await expect(form.getByLabel("Rider", { exact: true })).toHaveValue("Drafted Person");
});

test("lines found for an older text cannot be taken, and an Enter that came before its list takes that list's first line", async ({
  page,
  request,
}) => {
  const admin = await apiOf(request, "admin@demo.test");
  const { items } = await admin.get<{ items: Facility[] }>("/facilities?limit=200");
  const [older, newer, other, last] = items;
  if (!older || !newer || !other || !last) throw new Error("the demo has too few facilities");
  await signIn(page, "dispatcher@demo.test", "/board");
  await page.locator("h1").click();
  await page.keyboard.press("n");
  const form = page.getByRole("form", { name: "New trip" });
  const pickup = form.getByLabel("Pickup", { exact: true });
  const line = page.getByRole("option").first();
  await pickup.fill(older.name);
  await expect(line).toContainText(older.name);
  await expect(line).not.toHaveAttribute("aria-disabled", "true");

  let held = await holdSearch(page, "places.search", newer.name);
  await pickup.fill(newer.name);
  await held.asked;
  await expect(line).toContainText(older.name);
  await expect(line).toHaveAttribute("aria-disabled", "true");
  await line.click({ force: true });
  await page.keyboard.press("Enter");
  await expect(page.getByText("Takes the first one found")).toBeVisible();
  await expect(pickup).toHaveValue(newer.name);
  held.letGo();
  await expect(pickup).toHaveAttribute("aria-expanded", "false");
  await expect(pickup).toHaveValue(new RegExp(`^${newer.name}`));
  await expect(form.getByText("Where is the pickup?")).toBeHidden();

  const dropoff = form.getByLabel(/^Drop-off/);
  held = await holdSearch(page, "places.search", other.name);
  await dropoff.fill(other.name);
  await held.asked;
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  held.letGo();
  await expect(line).toContainText(other.name);
  await expect(dropoff).toHaveAttribute("aria-expanded", "true");
  await page.keyboard.press("Enter");
  await expect(dropoff).toHaveAttribute("aria-expanded", "false");
  await expect(dropoff).toHaveValue(new RegExp(`^${other.name}`));

  held = await holdSearch(page, "places.search", last.name);
  await dropoff.fill(last.name);
  await held.asked;
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  const answered = page.waitForResponse((response) => Boolean(response.request().postData()?.includes(last.name)));
  held.letGo();
  await (await answered).finished();
  await expect(dropoff).toHaveValue(new RegExp(`^${other.name}`));
});

test("a rider found for an older name cannot be taken while the new name is looked up", async ({ page, request }) => {
  const admin = await apiOf(request, "admin@demo.test");
  const mark = crypto.randomUUID().replace(/[^a-f]/g, "");
  const [older, newer, companion] = [`Olda${mark}`, `Newa${mark}`, `Coma${mark}`];
  for (const name of [older, newer, companion]) await admin.post("/riders", { name });
  await signIn(page, "dispatcher@demo.test", "/board");
  await page.locator("h1").click();
  await page.keyboard.press("n");
  const form = page.getByRole("form", { name: "New trip" });
  const rider = form.getByLabel("Rider", { exact: true });
  const line = page.getByRole("option").first();
  await rider.pressSequentially(older);
  await expect(line).toContainText(older);

  const held = await holdSearch(page, "riders.search", newer);
  await rider.fill(newer);
  await held.asked;
  await expect(line).toContainText(older);
  await expect(line).toHaveAttribute("aria-disabled", "true");
  await line.click({ force: true });
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(rider).toHaveValue(newer);
  await expect(form.getByText("Where is the pickup?")).toBeHidden();
  held.letGo();
  await expect(line).toContainText(newer);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(form.getByRole("button", { name: "Another rider" })).toBeVisible();

  await form.getByRole("button", { name: "Rider’s card" }).click();
  const others = page.getByRole("dialog").getByLabel(/^Rides with others/);
  const pair = await holdSearch(page, "riders.search", companion);
  await others.fill(companion);
  await pair.asked;
  await page.keyboard.press("Enter");
  pair.letGo();
  await expect(page.getByRole("list", { name: "Other riders" })).toContainText(companion);
});
