import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL(".", import.meta.url));
const shared = {
  resolve: { alias: { "@": root } },
  // `server-only` throws outside Next unless the react-server condition is on.
  ssr: { resolve: { conditions: ["react-server"] } },
};

/** Secrets of the tests: fixed, and good for nothing else. */
const env = {
  LOG_LEVEL: "silent",
  DATABASE_URL: "postgres://tests-open-their-own.invalid/none",
  AUTH_SECRET: "test-only-auth-secret-0123456789abcdef",
  CRON_SECRET: "test-only-cron-secret-0123456789abcdef",
  METRICS_TOKEN: "test-only-metrics-token-0123456789abcdef",
  PHI_KEYS: `t1:${Buffer.alloc(32, 7).toString("base64")}`,
  BLIND_INDEX_KEY: Buffer.alloc(32, 9).toString("base64"),
  PUSHER_APP_ID: "test",
  PUSHER_KEY: "test-key",
  PUSHER_SECRET: "test-only-pusher-secret-0123456789abcdef",
  INSTANCE_ID: "test",
};

/**
 * As for the browser tests: in CI a test that met a machine too busy for it gets a second try, and the report says so
 * (`retry x1`). At a desk it fails at once.
 */
const retry = process.env.CI ? 1 : 0;

/** Unit tests (`*.test.ts`) need nothing; integration tests (`*.itest.ts`) get a database cloned from a template. */
export default defineConfig({
  test: {
    projects: [
      {
        ...shared,
        test: {
          name: "unit",
          env,
          retry,
          include: ["{app,server,db,components,scripts}/**/*.test.{ts,tsx}"],
          environment: "node",
          // For a machine that is busy with other things as well.
          testTimeout: 60_000,
        },
      },
      {
        ...shared,
        test: {
          name: "integration",
          env,
          retry,
          include: ["{app,server,db,scripts}/**/*.itest.ts"],
          environment: "node",
          globalSetup: ["./db/testing/global-setup.ts"],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          // A condition is waited for as long as a busy machine takes, not for one second.
          expect: { poll: { timeout: 15_000 } },
          pool: "forks",
          maxWorkers: 2,
          // After the unit tests: groups with different numbers of workers cannot run at once.
          sequence: { groupOrder: 1 },
        },
      },
      {
        ...shared,
        test: {
          // Real processes are killed and starved: one file at a time, see `npm run test:faults`.
          name: "faults",
          env,
          retry,
          include: ["e2e/faults/**/*.fault.ts"],
          environment: "node",
          globalSetup: ["./e2e/faults/global-setup.ts"],
          testTimeout: 120_000,
          hookTimeout: 180_000,
          pool: "forks",
          maxWorkers: 1,
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
