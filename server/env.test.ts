import { expect, test } from "vitest";
import { parseEnv } from "./env";

const key = Buffer.alloc(32, 7).toString("base64");
const whole = {
  NODE_ENV: "production",
  DATABASE_URL: "postgres://runboard_app:x@127.0.0.1/runboard",
  AUTH_SECRET: "a".repeat(40),
  CRON_SECRET: "c".repeat(40),
  METRICS_TOKEN: "m".repeat(40),
  PHI_KEYS: `k1:${key}`,
  BLIND_INDEX_KEY: key,
  PUSHER_APP_ID: "1",
  PUSHER_KEY: "k",
  PUSHER_SECRET: "p".repeat(40),
} as const;

const messageOf = (source: Record<string, string>): string => {
  try {
    parseEnv(source as NodeJS.ProcessEnv);
    return "";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

test("a whole environment is read", () => {
  expect(parseEnv(whole)).toMatchObject({ PORT: 3000, PUSHER_TLS: false });
});

test.each([
  ["missing", { AUTH_SECRET: "" }, "Environment: AUTH_SECRET is missing"],
  ["a default", { CRON_SECRET: "changeme".repeat(5) }, "Environment: CRON_SECRET is a default: make your own"],
  ["too short", { PUSHER_SECRET: "short" }, "Environment: PUSHER_SECRET must have at least 32 characters"],
  ["left out in production", { METRICS_TOKEN: "" }, "Environment: METRICS_TOKEN is required in production"],
])("a secret that is %s is one line without its value", (_what, change, line) => {
  const message = messageOf({ ...whole, ...change });
  expect(message).toBe(line);
});
