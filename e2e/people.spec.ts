import { test as bare, type Page } from "@playwright/test";
import { generateSync } from "otplib";
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

bare("what is typed before the page's script is there is kept, and signs in", async ({ page }) => {
  let letGo = () => {};
  const gate = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await page.route(/\/_next\/.*\.js/, async (route) => {
    await gate;
    await route.fallback();
  });
  await page.goto("/sign-in", { waitUntil: "commit" });
  await page.getByLabel("E-mail").fill("billing@demo.test");
  await page.getByLabel("Password").fill(DEMO_PASSWORD);
  letGo();
  const isListening = () =>
    page.locator("form").evaluate((form) => Object.keys(form).some((key) => key.startsWith("__reactProps")));
  await expect.poll(isListening).toBe(true);
  await page.getByRole("button", { name: "Sign in" }).click();
  await isIn(page);
});

bare("a sign-in that is sent without the page's script leaves no password in the address", async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill("billing@demo.test");
  await page.getByLabel("Password").fill(DEMO_PASSWORD);
  const sent = page.waitForRequest((request) => request.isNavigationRequest() && request.method() === "POST");
  await page.getByRole("button", { name: "Sign in" }).click();
  expect((await sent).url()).not.toContain("password");
  expect(page.url()).not.toContain("password");
  await context.close();
});

const NEW_PASSWORD = "four plain short words";

/** Invites a person to billing, by an admin. @returns their e-mail and one-time link */
async function invite(page: Page) {
  await signIn(page, "admin@demo.test");
  await page.goto("/people");
  const email = `new-${crypto.randomUUID().slice(0, 8)}@demo.test`;
  await page.getByRole("button", { name: "Invite a person" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("Nora New");
  await dialog.getByLabel("E-mail").fill(email);
  await dialog.getByRole("checkbox", { name: /^Billing/ }).check();
  await dialog.getByRole("button", { name: "Invite", exact: true }).click();
  const url = await page.getByLabel("One-time link").innerText();
  await page.getByRole("button", { name: "Done" }).click();
  return { email, url };
}

/** Sets a password by the link, which leads to the sign-in page. */
async function followLink(page: Page, url: string) {
  await page.goto(url);
  await page.getByLabel("New password").fill(NEW_PASSWORD);
  await page.getByLabel("Once more").fill(NEW_PASSWORD);
  await page.getByRole("button", { name: "Set the password" }).click();
  await page.getByRole("button", { name: "Sign in" }).click();
}

async function givePassword(page: Page, email: string) {
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(NEW_PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
}

const isIn = (page: Page) => page.waitForURL((to) => !to.pathname.startsWith("/sign-in"));

test("an admin invites a person, who sets a password by the link and comes in", async ({ page, browser }) => {
  const { email, url } = await invite(page);
  await page.getByRole("searchbox", { name: "Filter people" }).fill(email);
  await expect(page.getByRole("row", { name: new RegExp(email) })).toContainText("Invited");

  const context = await browser.newContext();
  const theirs = await context.newPage();
  await followLink(theirs, url);
  await givePassword(theirs, email);
  await isIn(theirs);
  await theirs.goto("/people");
  await expect(theirs).not.toHaveURL(/\/people$/);
  await theirs.goto(url);
  await expect(theirs.getByRole("heading", { name: "This link no longer works" })).toBeVisible();
  await context.close();
});

/** The code that an authenticator shows; a step ahead it is still good, and another one than that which was used. */
const codeOf = (secret: string, aheadS = 0) => generateSync({ secret, epoch: Math.floor(Date.now() / 1000) + aheadS });

test("a person turns a second factor on, comes in by its code or once by a recovery code, and turns it off", async ({
  page,
  browser,
}) => {
  // Five sign-ins, one after the other, on a machine that has other work.
  test.setTimeout(120_000);
  const { email, url } = await invite(page);
  const context = await browser.newContext();
  const theirs = await context.newPage();
  const signOut = async () => {
    await theirs.getByRole("button", { name: /^Account of/ }).click();
    await theirs.getByRole("button", { name: "Sign out" }).click();
    await expect(theirs).toHaveURL(/\/sign-in/);
  };
  const giveCode = async (code: string) => {
    await theirs.getByLabel("Code").fill(code);
    await theirs.getByRole("button", { name: "Sign in" }).click();
  };
  await followLink(theirs, url);
  await givePassword(theirs, email);
  await isIn(theirs);

  await theirs.goto("/settings");
  await theirs.getByRole("button", { name: "Set up an authenticator" }).click();
  await expect(theirs.getByRole("img", { name: /^QR code/ })).toBeVisible();
  const secret = await theirs.getByLabel("Key", { exact: true }).innerText();
  await theirs.getByLabel("Code that the app shows").fill(codeOf(secret));
  await theirs.getByRole("button", { name: "Turn it on" }).click();
  const [recovery] = (await theirs.getByRole("status", { name: "Recovery codes" }).innerText()).split(/\s+/);
  if (!recovery) throw new Error("no recovery code was shown");
  await theirs.getByRole("button", { name: "I have stored them" }).click();
  await signOut();

  await givePassword(theirs, email);
  await giveCode("000000");
  await expect(theirs.getByRole("alert").first()).toContainText("wrong");
  await giveCode(codeOf(secret, 30));
  await isIn(theirs);
  await signOut();

  await givePassword(theirs, email);
  await giveCode(recovery);
  await isIn(theirs);
  await theirs.goto("/settings");
  await expect(theirs.getByText("9 recovery codes left")).toBeVisible();
  await theirs.locator("input[name='turn-off-password']").fill(NEW_PASSWORD);
  await theirs.getByRole("button", { name: "Turn it off" }).click();
  await expect(theirs.getByRole("button", { name: "Set up an authenticator" })).toBeVisible();
  await signOut();

  await givePassword(theirs, email);
  await isIn(theirs);
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
