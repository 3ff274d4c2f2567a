import "server-only";
import ipaddr from "ipaddr.js";
import { singleton } from "@/server/singleton";

/** Set by our own server in front of Next, which knows the socket; a caller's own header of this name is dropped there. */
export const CLIENT_IP_HEADER = "x-runboard-client-ip";
const trust = () => singleton("client-ip", () => ({ header: false }));
export const trustClientIpHeader = (): void => {
  trust().header = true;
};

type Range = [ipaddr.IPv4 | ipaddr.IPv6, number];

/** `TRUSTED_PROXIES`: comma-separated addresses or CIDR ranges. @throws Error on anything else */
export const parseProxies = (text: string): Range[] =>
  text
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean)
    .map((part) =>
      part.includes("/")
        ? ipaddr.parseCIDR(part)
        : [ipaddr.process(part), ipaddr.process(part).kind() === "ipv4" ? 32 : 128],
    );

const isIn = (address: string, ranges: Range[]): boolean => {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  return ranges.some((range) => parsed.kind() === range[0].kind() && parsed.match(range));
};

/**
 * The caller's address: the socket's, or, when that is a trusted proxy, the last address of X-Forwarded-For that is not.
 */
export function clientIp(socketAddress: string, forwardedFor: string | null, proxies: Range[]): string {
  if (!isIn(socketAddress, proxies)) return socketAddress;
  const hops = (forwardedFor ?? "").split(",").map((hop) => hop.trim());
  const caller = hops.reverse().find((hop) => ipaddr.isValid(hop) && !isIn(hop, proxies));
  return caller ?? socketAddress;
}

/** The address our server in front determined; under plain `next start` the one Next appends to X-Forwarded-For. */
export function requestIp(headers: Headers): string {
  const own = trust().header ? headers.get(CLIENT_IP_HEADER) : null;
  return own ?? headers.get("x-forwarded-for")?.split(",").at(-1)?.trim() ?? "unknown";
}

/** What counts as one network: an IPv4 address, or an IPv6 /64. */
export function networkOf(ip: string): string {
  if (!ipaddr.isValid(ip)) return ip;
  const parsed = ipaddr.process(ip);
  return parsed.kind() === "ipv4" ? parsed.toString() : parsed.toNormalizedString().split(":").slice(0, 4).join(":");
}
