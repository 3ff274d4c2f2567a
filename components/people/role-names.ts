import type { Role, Scope } from "@/server/domain/people/permissions";

export const ROLE_NAMES: Record<Role, string> = {
  admin: "Admin",
  dispatcher: "Dispatcher",
  billing: "Billing",
  clinical: "Clinical",
  crew: "Crew",
};

export const ROLE_HINTS: Record<Role, string> = {
  admin: "People, fleet, settings, audit",
  dispatcher: "Board, calls, units",
  billing: "Completed trips; riders by initials",
  clinical: "Reports; riders by initials",
  crew: "The phone page; own runs",
};

export const SCOPE_NAMES: Record<Scope, string> = {
  "fleet:read": "Read vehicles and where they are, shifts, facilities",
  "fleet:write": "Change facilities and bases",
  "positions:read": "Read positions, past ones too",
  "positions:write": "Send positions of devices",
  "trips:read": "Read trips, without riders",
  "trips:write": "Book, change and cancel trips",
  "riders:read": "See riders' names and phones",
};
