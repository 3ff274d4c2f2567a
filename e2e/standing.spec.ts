import { expect, test } from "@playwright/test";

test("the production build stands: alive, ready, and its first page draws without an error", async ({
  page,
  request,
}) => {
  for (const path of ["/api/health", "/api/ready", "/api/v1/health/", "/api/v1/ready/"]) {
    expect((await request.get(path)).status(), path).toBe(200);
  }
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (line) => line.type() === "error" && errors.push(line.text()));
  await page.goto("/sign-in");
  await expect(page.getByRole("heading").first()).toBeVisible();
  expect(errors).toEqual([]);
});

test("metrics are for the holder of the token only", async ({ request }) => {
  expect((await request.get("/api/metrics")).status()).toBe(401);
});
