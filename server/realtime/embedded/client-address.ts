import type { IncomingMessage } from "node:http";
import ipaddr from "ipaddr.js";

/** Whether `address` is this machine itself. */
export function isLoopback(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === "loopback";
}

/** Whether `address` lies in one of `ranges` (addresses or CIDR). */
export function isWithin(address: string, ranges: string[]): boolean {
  if (!ipaddr.isValid(address)) return false;
  const ip = ipaddr.process(address);
  return ranges.some((range) => {
    const [base, bits] = range.includes("/") ? ipaddr.parseCIDR(range) : [ipaddr.process(range), null];
    if (base.kind() !== ip.kind()) return false;
    return bits === null ? base.toString() === ip.toString() : ip.match([base, bits]);
  });
}

/** The client's address: the peer's, or behind trusted proxies the last one they did not add themselves. */
export function clientAddress(request: IncomingMessage, trustedProxies: string[]): string {
  const hops = [...forwardedFor(request), request.socket.remoteAddress ?? ""];
  return hops.findLast((hop, i) => i === 0 || !isWithin(hop, trustedProxies)) ?? "";
}

const forwardedFor = ({ headers }: IncomingMessage) =>
  [headers["x-forwarded-for"] ?? []]
    .flat()
    .join(",")
    .split(",")
    .map((hop) => hop.trim())
    .filter((hop) => ipaddr.isValid(hop));
