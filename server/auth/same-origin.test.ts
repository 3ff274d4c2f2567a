import { beforeEach, expect, test, vi } from "vitest";
import { assertSameOrigin } from "./same-origin";

const settings = vi.hoisted(() => ({ PUBLIC_URL: "https://board.example", ALLOWED_ORIGINS: "" }));
vi.mock("@/server/env", () => ({ env: () => settings }));
beforeEach(() => {
  settings.ALLOWED_ORIGINS = "";
});

const check = (headers: Record<string, string>) => () =>
  assertSameOrigin({ headers: new Headers({ host: "127.0.0.1:3000", ...headers }) });

test("our own pages pass, by either header", () => {
  expect(check({ origin: "https://board.example" })).not.toThrow();
  expect(check({ origin: "http://127.0.0.1:3000", "sec-fetch-site": "same-origin" })).not.toThrow();
  expect(check({ "sec-fetch-site": "same-origin" })).not.toThrow();
});
test("another copy on another port, another site, a sandbox and a bare request are refused", () => {
  expect(check({ origin: "http://127.0.0.1:3001", "sec-fetch-site": "same-site" })).toThrow("own pages");
  expect(check({ origin: "http://127.0.0.1:3001" })).toThrow("own pages");
  expect(check({ origin: "https://evil.example" })).toThrow("own pages");
  expect(check({ origin: "null" })).toThrow("own pages");
  expect(check({ origin: "https://board.example", "sec-fetch-site": "cross-site" })).toThrow("own pages");
  expect(check({})).toThrow("own pages");
});
test("a further origin is allowed by name", () => {
  settings.ALLOWED_ORIGINS = "https://second.example, https://third.example";
  expect(check({ origin: "https://third.example" })).not.toThrow();
});
