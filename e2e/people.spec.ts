import { test as bare } from "@playwright/test";
import { DEMO_PASSWORD, expect, signIn, test } from "./fixtures";

bare("nobody gets past the sign-in page: pages lead there, and a wrong password stays there", async ({ page }) => {
  await page.goto("/people");
  await expect(page).toHaveURL(/\/sign-in\?next=%2Fpeople$/);
  await page.getByLabel("E-mail").fill("nobody@demo.test");
  await page.getByLabel("Password").fill("not the password");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert").first()).toContainText("wrong");
  await page.getByLabel("E-mail").fill("admin@demo.test");
  await page.getByLabel("Password").fill(DEMO_PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/\/people$/);
});

test("an admin invites a person, who sets a password by the link and comes in", async ({ page, browser }) => {
  await signIn(page, "admin@demo.test");
  await page.goto("/people");
  const email = `new-${Date.now()}@demo.test`;
  await page.getByRole("button", { name: "Invite a person" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("Nora New");
  await dialog.getByLabel("E-mail").fill(email);
  await dialog.getByRole("checkbox", { name: /^Billing/ }).check();
  await dialog.getByRole("button", { name: "Invite", exact: true }).click();
  const url = await page.getByLabel("One-time link").innerText();
  await page.getByRole("button", { name: "Done" }).click();
  await page.getByRole("searchbox", { name: "Filter people" }).fill(email);
  await expect(page.getByRole("row", { name: new RegExp(email) })).toContainText("Invited");

  const context = await browser.newContext();
  const theirs = await context.newPage();
  await theirs.goto(url);
  await theirs.getByLabel("New password").fill("four plain short words");
  await theirs.getByLabel("Once more").fill("four plain short words");
  await theirs.getByRole("button", { name: "Set the password" }).click();
  await theirs.getByRole("button", { name: "Sign in" }).click();
  await theirs.getByLabel("E-mail").fill(email);
  await theirs.getByLabel("Password").fill("four plain short words");
  await theirs.getByRole("button", { name: "Sign in" }).click();
  await theirs.waitForURL((to) => !to.pathname.startsWith("/sign-in"));
  await theirs.goto("/people");
  await expect(theirs).not.toHaveURL(/\/people$/);
  await theirs.goto(url);
  await expect(theirs.getByRole("heading", { name: "This link no longer works" })).toBeVisible();
  await context.close();
});

test("a locked console opens by the password only, and signing out closes it for good", async ({ page }) => {
  await signIn(page, "dispatcher@demo.test");
  await page.goto("/settings");
  await page.getByRole("button", { name: /^Account of/ }).click();
  await page.getByRole("button", { name: "Lock this console" }).click();
  await page.getByLabel(/^Password of/).fill(DEMO_PASSWORD);
  await page.getByRole("button", { name: "Resume" }).click();
  await expect(page.getByRole("button", { name: "Resume" })).toBeHidden();
  await page.getByRole("button", { name: /^Account of/ }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  await page.goto("/settings");
  await expect(page).toHaveURL(/\/sign-in\?next=%2Fsettings$/);
});
