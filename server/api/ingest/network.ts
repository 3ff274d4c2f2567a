import "server-only";
import ipaddr from "ipaddr.js";

/** A coarse network, never a whole address: IPv4 /24, IPv6 /48. */
export function coarseNetwork(ip: string): string {
  if (!ipaddr.isValid(ip)) return "unknown";
  const address = ipaddr.process(ip);
  if (address.kind() === "ipv4") return `${address.toString().split(".").slice(0, 3).join(".")}.0/24`;
  return `${address.toNormalizedString().split(":").slice(0, 3).join(":")}::/48`;
}
