import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL(".", import.meta.url));
const shared = {
  resolve: { alias: { "@": root } },
  // `server-only` throws outside Next unless the react-server condition is on.
  ssr: { resolve: { conditions: ["react-server", "node", "import", "default"] } },
};

/** Unit tests (`*.test.ts`) need nothing; integration tests (`*.itest.ts`) get a database cloned from a template. */
export default defineConfig({
  test: {
    projects: [
      {
        ...shared,
        test: {
          name: "unit",
          include: ["{app,server,db,components,scripts}/**/*.test.{ts,tsx}"],
          environment: "node",
        },
      },
      {
        ...shared,
        test: {
          name: "integration",
          include: ["{app,server,db,scripts}/**/*.itest.ts"],
          environment: "node",
          globalSetup: ["./db/testing/global-setup.ts"],
          testTimeout: 20_000,
          hookTimeout: 60_000,
          pool: "forks",
          maxWorkers: 2,
        },
      },
    ],
  },
});
