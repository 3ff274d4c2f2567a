export const ROLES = ["admin", "dispatcher", "billing", "clinical", "crew"] as const;
export type Role = (typeof ROLES)[number];

export const SCOPES = [
  "fleet:read",
  "fleet:write",
  "positions:read",
  "positions:write",
  "trips:read",
  "trips:write",
  "riders:read",
] as const;
export type Scope = (typeof SCOPES)[number];

type Grant = { roles: readonly Role[]; scopes?: readonly Scope[] };
const ANYBODY = ROLES;
const OFFICE = ["admin", "dispatcher", "billing", "clinical"] as const;
const DISPATCH = ["admin", "dispatcher"] as const;

/**
 * Who may do what: the one table. A route or procedure names a permission; a service narrows to rows where the
 * permission alone is too wide (a crew sees its own trips).
 */
export const PERMISSIONS = {
  "me.read": { roles: ANYBODY },
  "me.availability": { roles: ["crew", "dispatcher", "admin"] },
  "users.read": { roles: DISPATCH },
  "users.write": { roles: ["admin"] },
  "apiKeys.manage": { roles: ["admin"] },
  "bases.read": { roles: ANYBODY, scopes: ["fleet:read"] },
  "bases.write": { roles: ["admin"], scopes: ["fleet:write"] },
  "facilities.read": { roles: ANYBODY, scopes: ["fleet:read"] },
  "facilities.write": { roles: ["admin"], scopes: ["fleet:write"] },
  "facilities.status": { roles: DISPATCH, scopes: ["fleet:write"] },
  "places.search": { roles: [...OFFICE, "crew"], scopes: ["trips:write"] },
  "vehicles.read": { roles: OFFICE, scopes: ["fleet:read"] },
  "vehicles.write": { roles: ["admin"], scopes: ["fleet:write"] },
  "shifts.read": { roles: [...OFFICE, "crew"], scopes: ["fleet:read"] },
  "shifts.write": { roles: DISPATCH },
  "shifts.sign": { roles: [...DISPATCH, "crew"] },
  "devices.read": { roles: DISPATCH, scopes: ["fleet:read"] },
  "devices.write": { roles: ["admin"] },
  "positions.read": { roles: DISPATCH, scopes: ["positions:read", "fleet:read"] },
  /** Where vehicles were: more than where they are, and so a scope of its own. */
  "positions.history": { roles: DISPATCH, scopes: ["positions:read"] },
  "trips.read": { roles: [...OFFICE, "crew"], scopes: ["trips:read"] },
  "trips.book": { roles: DISPATCH, scopes: ["trips:write"] },
  "trips.dispatch": { roles: DISPATCH },
  "trips.cancel": { roles: DISPATCH, scopes: ["trips:write"] },
  "trips.report": { roles: [...DISPATCH, "crew"] },
  "trips.correct": { roles: [...DISPATCH, "crew"] },
  "incidents.read": { roles: DISPATCH },
  "incidents.write": { roles: DISPATCH },
  "plans.read": { roles: DISPATCH },
  "plans.make": { roles: DISPATCH },
  "plans.apply": { roles: DISPATCH },
  "planning.settings": { roles: ["admin"] },
  "riders.read": { roles: DISPATCH, scopes: ["riders:read"] },
  "riders.write": { roles: DISPATCH },
  "units.state": { roles: [...DISPATCH, "crew"] },
  "exceptions.read": { roles: DISPATCH },
  "exceptions.handle": { roles: DISPATCH },
  "realtime.connect": { roles: ANYBODY },
  "audit.read": { roles: ["admin"] },
  "jobs.read": { roles: ["admin"] },
  "jobs.retry": { roles: ["admin"] },
  "agency.read": { roles: ANYBODY },
  "agency.write": { roles: ["admin"] },
} as const satisfies Record<string, Grant>;

export type Permission = keyof typeof PERMISSIONS;

/** May a person with these roles, or a key with these scopes, do this? */
export function isAllowed(
  permission: Permission,
  holder: { roles?: readonly Role[]; scopes?: readonly Scope[] },
): boolean {
  const grant: Grant = PERMISSIONS[permission];
  const byRole = holder.roles?.some((role) => grant.roles.includes(role)) ?? false;
  const byScope = holder.scopes?.some((scope) => grant.scopes?.includes(scope)) ?? false;
  return byRole || byScope;
}

/** What a locked console may still do, so that its board stays live: look at what holds no patient data. */
const WHILE_LOCKED: ReadonlySet<Permission> = new Set<Permission>([
  "agency.read",
  "bases.read",
  "exceptions.read",
  "facilities.read",
  "plans.read",
  "positions.read",
  "realtime.connect",
  "shifts.read",
  "trips.read",
  "vehicles.read",
]);

export const isAllowedWhileLocked = (permission: Permission): boolean => WHILE_LOCKED.has(permission);

/** Phones of crews are not locked: they show a crew's own riders only, and a lock would cost minutes at a door. */
export const isCrewOnly = (roles: readonly Role[]): boolean => roles.every((role) => role === "crew");
