import type { Role } from "./permissions";

/** Where a person begins: dispatchers at the board, crews on the phone page, the office at the trips. */
export function homePage(roles: readonly Role[]): string {
  if (roles.includes("dispatcher") || roles.includes("admin")) return "/board";
  if (roles.includes("billing") || roles.includes("clinical")) return "/trips";
  return "/drive";
}
