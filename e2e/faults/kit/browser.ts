import { type Browser, chromium, type Page } from "playwright-core";
import { PASSWORD } from "@/db/testing/people";
import type { Stack } from "./stack";

/** A real browser on the board of this person. */
export async function aBoard({ url }: Pick<Stack, "url">, email: string): Promise<{ page: Page; browser: Browser }> {
  const executablePath = process.env.RUNBOARD_CHROMIUM || undefined;
  const browser = await chromium.launch({ args: ["--no-sandbox"], ...(executablePath && { executablePath }) });
  const page = await browser.newPage({ baseURL: url, viewport: { width: 1440, height: 900 } });
  await page.goto("/sign-in?next=%2Fboard");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL("**/board*", { timeout: 30_000 });
  return { page, browser };
}

/** Until this text is on the page. */
export const untilShown = (page: Page, text: string | RegExp, timeout = 30_000): Promise<void> =>
  page.getByText(text).first().waitFor({ timeout });
