import { expect, test } from "vitest";
import { contentSecurityPolicy, securityHeaders } from "./content-security";

const from = { nonce: "n0nce", host: "board.example:3000", isDev: false, isHttps: false };

test("a page may use its own files, its own socket and the scripts that carry its nonce", () => {
  const policy = contentSecurityPolicy(from);
  expect(policy).toContain("default-src 'self'");
  expect(policy).toContain("script-src 'self' 'nonce-n0nce' 'strict-dynamic';");
  expect(policy).toContain("connect-src 'self' ws://board.example:3000 wss://board.example:3000;");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toContain("unsafe-eval");
  expect(policy).not.toMatch(/style-src-elem[^;]*unsafe-inline/);
});
test("another realtime server and another map style are named, nobody else", () => {
  const policy = contentSecurityPolicy({
    ...from,
    realtimeHost: "soketi.example:443",
    mapOrigin: "https://map.example",
  });
  expect(policy).toContain("wss://soketi.example:443");
  expect(policy.match(/https:\/\/[^\s;]+/g)).toEqual([
    "https://map.example",
    "https://map.example",
    "https://soketi.example:443",
    "https://map.example",
  ]);
});
test("over https browsers are told to stay there", () => {
  expect(contentSecurityPolicy({ ...from, isHttps: true })).toContain("upgrade-insecure-requests");
  expect(securityHeaders(true)).toHaveProperty("Strict-Transport-Security");
  expect(securityHeaders(false)).not.toHaveProperty("Strict-Transport-Security");
});
