import { type APIRequestContext, test as base, expect, type Page } from "@playwright/test";

/** Password of every demo account. */
export const DEMO_PASSWORD = process.env.DEMO_PASSWORD ?? "runboard-demo";

/** Signs in by the page, as a person does, and waits until it goes on to `next`; without it, to where the role begins. */
export async function signIn(page: Page, email: string, next = "/") {
  await page.goto(`/sign-in?next=${encodeURIComponent(next)}`);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(DEMO_PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
}

type Json = Record<string, unknown>;

/** The REST API under one account's token. Fails the test on anything but success. */
export async function apiOf(request: APIRequestContext, email: string) {
  const call = async <Answer>(method: "GET" | "POST" | "PATCH", path: string, token: string | null, data?: Json) => {
    const headers = token ? { Authorization: `Bearer ${token}` } : undefined;
    const response = await request.fetch(`/api/v1${path}`, { method, data, headers });
    expect(response.ok(), `${method} ${path}: ${response.status()} ${await response.text()}`).toBe(true);
    return (await response.json()) as Answer;
  };
  const { accessToken } = await call<{ accessToken: string }>("POST", "/auth/login", null, {
    email,
    password: DEMO_PASSWORD,
  });
  return {
    get: <Answer>(path: string) => call<Answer>("GET", path, accessToken),
    patch: <Answer>(path: string, data: Json) => call<Answer>("PATCH", path, accessToken, data),
    post: <Answer>(path: string, data: Json, token = accessToken) => call<Answer>("POST", path, token, data),
  };
}

/** A test whose page must be quiet: no error on its console, and nobody spoken to but ourselves. */
export const test = base.extend<{ quiet: undefined }>({
  quiet: [
    async ({ page, baseURL }, use) => {
      const noise: string[] = [];
      page.on("pageerror", (error) => noise.push(error.message));
      page.on("console", (line) => line.type() === "error" && noise.push(`${line.text()} ${line.location().url}`));
      page.on("request", (request) => {
        const url = new URL(request.url());
        if (/^(http|ws)s?:$/.test(url.protocol) && url.host !== new URL(baseURL ?? "").host)
          noise.push(`asked ${url.host}`);
      });
      await use(undefined);
      expect(noise).toEqual([]);
    },
    { auto: true },
  ],
});
export { expect };
