import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { signIn } from "./fixtures";

const PAGES = [
  "/board",
  "/map",
  "/plans",
  "/trips",
  "/trips/incidents",
  "/people",
  "/fleet/vehicles",
  "/fleet/shifts",
  "/fleet/devices",
  "/fleet/facilities",
  "/fleet/bases",
  "/settings/agency",
  "/settings/planning",
  "/settings/api-keys",
  "/settings/sessions",
  "/settings/audit",
  "/settings/jobs",
];

/** What axe calls serious or worse, by rule and element. */
async function seriousOn(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
}

for (const [screen, viewport] of [
  ["desk", { width: 1440, height: 900 }],
  ["phone", { width: 390, height: 844 }],
] as const)
  for (const colorScheme of ["light", "dark"] as const)
    test(`axe finds nothing serious on any page of the console on a ${screen} in the ${colorScheme} theme, and none is wider than its window`, async ({
      page,
    }) => {
      test.setTimeout(240_000);
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme });
      await signIn(page, "admin@demo.test", "/board");
      for (const path of PAGES) {
        await page.goto(path);
        await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
        await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
        expect.soft(await seriousOn(page), path).toEqual([]);
        const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect.soft(tooWide, `${path} is wider than its window, px`).toBeLessThanOrEqual(0);
      }
    });
