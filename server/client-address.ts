import type { IncomingHttpHeaders } from "node:http";
import ipaddr from "ipaddr.js";
import { LRUCache } from "lru-cache";
import { env } from "@/server/env";
import { singleton } from "@/server/singleton";

/** Set by our own server in front of Next, which knows the socket; a caller's own header of this name is dropped there. */
export const CLIENT_IP_HEADER = "x-runboard-client-ip";
/** Of our own server itself, to open a connection: whatever it hands on names its caller. */
export const isOpenedAhead = ({ headers }: { headers: IncomingHttpHeaders }): boolean => !(CLIENT_IP_HEADER in headers);
const trust = () => singleton("client-ip", () => ({ header: false }));
export const trustClientIpHeader = (): void => {
  trust().header = true;
};

type Address = ipaddr.IPv4 | ipaddr.IPv6;
export type Ranges = readonly (readonly [Address, number])[];

/** Addresses or CIDR ranges, as in `TRUSTED_PROXIES`. @throws Error on anything else */
export const parseRanges = (parts: readonly string[]): Ranges =>
  parts
    .map((part) => part.trim())
    .filter(Boolean)
    .map((part) => (part.includes("/") ? ipaddr.parseCIDR(part) : whole(ipaddr.process(part))));

/** `TRUSTED_PROXIES`: comma-separated. @throws Error on anything that is no address or range */
export const parseProxies = (text: string): Ranges => parseRanges(text.split(","));

const whole = (address: Address): [Address, number] => [address, address.kind() === "ipv4" ? 32 : 128];

/** Whether `address` lies in one of `ranges`. */
export function isWithin(address: string, ranges: Ranges): boolean {
  // Asked of every request, mostly with nothing in front.
  if (ranges.length === 0 || !ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  return ranges.some(([base, bits]) => parsed.kind() === base.kind() && parsed.match(base, bits));
}

/** Whether `address` is this machine itself. */
export const isLoopback = (address: string): boolean =>
  ipaddr.isValid(address) && ipaddr.process(address).range() === "loopback";

/** X-Forwarded-For of a bare node server's request, however often it was sent. */
export const forwardedFor = (headers: IncomingHttpHeaders): string | null =>
  [headers["x-forwarded-for"] ?? []].flat().join(",") || null;

/**
 * The caller's address: the socket's, or, when that is a trusted proxy, the last address of X-Forwarded-For that is none.
 * What stands before something that is no address was not written by a proxy of ours.
 */
export function clientAddress(peer: string, forwardedFor: string | null, proxies: Ranges): string {
  let caller = peer;
  for (const hop of (forwardedFor ?? "").split(",").reverse()) {
    const address = hop.trim();
    if (!isWithin(caller, proxies) || !ipaddr.isValid(address)) return caller;
    caller = address;
  }
  return caller;
}

/**
 * The caller's address as our server in front of Next determined it. Under plain `next start` nobody tells us the socket,
 * and Next passes a caller's own X-Forwarded-For on: it counts only when `TRUSTED_PROXIES` says who is in front.
 * @returns "unknown" otherwise, which is one network for all
 */
export function requestIp(headers: Headers): string {
  const own = trust().header ? headers.get(CLIENT_IP_HEADER) : null;
  if (own) return own;
  const [front, ...others] = parseProxies(env().TRUSTED_PROXIES);
  if (!front) return "unknown";
  return clientAddress(front[0].toString(), headers.get("x-forwarded-for"), [front, ...others]);
}

/** What counts as one network: an IPv4 address, or an IPv6 /64. */
export function networkOf(ip: string): string {
  if (!ipaddr.isValid(ip)) return ip;
  const parsed = ipaddr.process(ip);
  return parsed.kind() === "ipv4" ? parsed.toString() : parsed.toNormalizedString().split(":").slice(0, 4).join(":");
}

/** Callers come back, and reading an address costs more than most of what is done for a fix. */
const coarse = new LRUCache<string, string>({ max: 10_000 });

/** A network that tells no whole address: IPv4 /24, IPv6 /48. */
export function coarseNetwork(ip: string): string {
  const known = coarse.get(ip);
  if (known !== undefined) return known;
  const network = readNetwork(ip);
  coarse.set(ip, network);
  return network;
}

function readNetwork(ip: string): string {
  if (!ipaddr.isValid(ip)) return "unknown";
  const address = ipaddr.process(ip);
  if (address.kind() === "ipv4") return `${address.toString().split(".").slice(0, 3).join(".")}.0/24`;
  return `${address.toNormalizedString().split(":").slice(0, 3).join(":")}::/48`;
}
