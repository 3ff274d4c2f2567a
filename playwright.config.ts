import { defineConfig } from "@playwright/test";

const { E2E_BASE_URL, E2E_REPORT, RUNBOARD_CHROMIUM } = process.env;
if (!E2E_BASE_URL) throw new Error("Run the browser tests by `npm test -- e2e [file]`: they need the product running.");

/** Real Chromium against the production build, which `scripts/test.mjs` starts on a fresh, seeded database. */
export default defineConfig({
  testDir: "e2e",
  timeout: 60_000,
  expect: { timeout: 15_000 },
  workers: 2,
  retries: process.env.CI ? 1 : 0,
  forbidOnly: Boolean(process.env.CI),
  reporter: E2E_REPORT ? [["list"], ["json", { outputFile: E2E_REPORT }]] : "list",
  use: {
    baseURL: E2E_BASE_URL,
    viewport: { width: 1440, height: 900 },
    locale: "en-US",
    timezoneId: "America/New_York",
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
    launchOptions: {
      ...(RUNBOARD_CHROMIUM ? { executablePath: RUNBOARD_CHROMIUM } : {}),
      // The map needs WebGL, which a machine without a graphics card has in software only.
      args: ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"],
    },
  },
});
