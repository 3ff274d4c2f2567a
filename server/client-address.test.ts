import { describe, expect, test } from "vitest";
import {
  CLIENT_IP_HEADER,
  clientAddress,
  coarseNetwork,
  isLoopback,
  isWithin,
  networkOf,
  parseProxies,
  parseRanges,
  requestIp,
} from "./client-address";
import { env } from "./env";

const PROXIES = parseProxies("10.0.0.0/8, 2001:db8::1");

describe("who calls", () => {
  test("is the socket's address, whatever the caller writes, unless that is a trusted proxy", () => {
    expect(clientAddress("198.51.100.7", "203.0.113.9", PROXIES)).toBe("198.51.100.7");
    expect(clientAddress("198.51.100.7", "10.0.0.1", parseProxies(""))).toBe("198.51.100.7");
    expect(clientAddress("10.0.0.2", "203.0.113.9", PROXIES)).toBe("203.0.113.9");
    expect(clientAddress("10.0.0.2", null, PROXIES)).toBe("10.0.0.2");
  });

  test("is the last address that no proxy of ours has: what stands before it the caller may have written", () => {
    expect(clientAddress("10.0.0.2", "1.1.1.1, 203.0.113.9, 10.0.0.3", PROXIES)).toBe("203.0.113.9");
    expect(clientAddress("2001:db8::1", "203.0.113.9", PROXIES)).toBe("203.0.113.9");
    expect(clientAddress("10.0.0.2", "203.0.113.9, nonsense, 10.0.0.3", PROXIES)).toBe("10.0.0.3");
    expect(clientAddress("10.0.0.2", "10.0.0.9, 10.0.0.3", PROXIES)).toBe("10.0.0.9");
  });

  test("a range that is none is an error, and an address in IPv6 clothing is the IPv4 one", () => {
    expect(() => parseProxies("10.0.0.0/8, everybody")).toThrow();
    expect(isWithin("::ffff:10.1.2.3", parseRanges(["10.0.0.0/8"]))).toBe(true);
    expect([isLoopback("127.0.0.9"), isLoopback("::1"), isLoopback("10.0.0.1")]).toEqual([true, true, false]);
  });
});

describe("under plain `next start`", () => {
  const headers = new Headers({ "x-forwarded-for": "203.0.113.9, 10.0.0.3", [CLIENT_IP_HEADER]: "192.0.2.1" });

  test("a caller's own headers say nothing when no proxy is named", () => {
    expect(env().TRUSTED_PROXIES).toBe("");
    expect(requestIp(headers)).toBe("unknown");
  });

  test("the proxy that is named says it", () => {
    const before = env().TRUSTED_PROXIES;
    env().TRUSTED_PROXIES = "10.0.0.0/8";
    expect(requestIp(headers)).toBe("203.0.113.9");
    env().TRUSTED_PROXIES = before;
  });
});

test("networks: a whole IPv4 address or an IPv6 /64 for limits, coarser ones for what is kept", () => {
  expect(networkOf("203.0.113.9")).toBe("203.0.113.9");
  expect(networkOf("2001:db8:1:2:3:4:5:6")).toBe("2001:db8:1:2");
  expect(coarseNetwork("203.0.113.9")).toBe("203.0.113.0/24");
  expect(coarseNetwork("2001:db8:1:2:3:4:5:6")).toBe("2001:db8:1::/48");
  expect(coarseNetwork("unknown")).toBe("unknown");
});
