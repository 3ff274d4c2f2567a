import { PERMISSIONS, ROLES } from "@/server/domain/people/permissions";
import type { Route } from "./kit/route";

type Grant = { roles: readonly string[]; scopes?: readonly string[] };

function line({ method, path, permission }: Route): string {
  if (permission === "public")
    return `| ${method} ${path} | ${ROLES.map(() => "yes").join(" | ")} | anybody, without signing in |`;
  const grant: Grant = PERMISSIONS[permission];
  const roles = ROLES.map((role) => (grant.roles.includes(role) ? "yes" : "–"));
  return `| ${method} ${path} | ${roles.join(" | ")} | ${grant.scopes?.join(", ") ?? "–"} |`;
}

/** Who may call what: each route of the registry against the roles, and the API key scopes that open it. Markdown. */
export function permissionTable(routes: readonly Route[]): string {
  const rows = routes.toSorted((a, b) => a.path.localeCompare(b.path) || a.method.localeCompare(b.method)).map(line);
  return `# Who may call what

Made from the route registry and the permission table; \`npx vitest run permission-table -u\` writes it anew. A service may
narrow further: a crew acts on its own shift and trips only, an API key sees riders only with \`riders:read\`.

| /api/v1 | ${ROLES.join(" | ")} | API key scopes |
|---|${ROLES.map(() => "---|").join("")}---|
${rows.join("\n")}
`;
}
