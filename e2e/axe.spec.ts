import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { signIn } from "./fixtures";

/** By area, so that the areas are looked at side by side. */
const PAGES = {
  dispatch: ["/board", "/map", "/plans", "/trips", "/trips/incidents"],
  "people and fleet": [
    "/people",
    "/fleet/vehicles",
    "/fleet/shifts",
    "/fleet/devices",
    "/fleet/facilities",
    "/fleet/bases",
  ],
  settings: [
    "/settings/agency",
    "/settings/planning",
    "/settings/api-keys",
    "/settings/sessions",
    "/settings/audit",
    "/settings/jobs",
  ],
};
const SCREENS = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };

/** What axe calls serious or worse, by rule and element. Nothing is noted of what is well, and no page of ours has frames. */
async function seriousOn(page: Page, rules?: string[]): Promise<string[]> {
  const axe = new AxeBuilder({ page }).options({ resultTypes: ["violations"] }).setLegacyMode();
  const { violations } = await (rules ? axe.withRules(rules) : axe).analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
}

for (const [screen, viewport] of Object.entries(SCREENS))
  for (const [area, paths] of Object.entries(PAGES))
    test(`axe finds nothing serious on the pages of ${area} on a ${screen} in either theme, and none is wider than its window`, async ({
      page,
    }) => {
      test.setTimeout(240_000);
      await page.setViewportSize(viewport);
      // Without motion, so that no colour is measured on its way from one theme to the other.
      await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
      await signIn(page, "admin@demo.test", "/board");
      for (const path of paths) {
        await page.goto(path);
        await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
        await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
        expect.soft(await seriousOn(page), `${path}, light`).toEqual([]);
        const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect.soft(tooWide, `${path} is wider than its window, px`).toBeLessThanOrEqual(0);
        // The page stays as it is: a theme changes colours alone.
        await page.emulateMedia({ colorScheme: "dark" });
        expect.soft(await seriousOn(page, ["color-contrast"]), `${path}, dark`).toEqual([]);
        await page.emulateMedia({ colorScheme: "light" });
      }
    });
