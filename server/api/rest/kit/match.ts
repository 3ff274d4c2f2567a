import type { Method, Route } from "./route";

type Compiled = { pattern: RegExp; names: string[]; template: string; byMethod: Map<Method, Route> };
export type Match =
  | { kind: "route"; route: Route; params: Record<string, string>; template: string }
  | { kind: "method"; allow: string[]; template: string }
  | { kind: "none" };

/** Turns the registry into a matcher. @throws Error when two routes have the same method and path */
export function compileRoutes(routes: readonly Route[]): (method: string, path: string) => Match {
  const byTemplate = new Map<string, Compiled>();
  for (const route of routes) {
    const compiled = byTemplate.get(route.path) ?? compileTemplate(route.path);
    if (compiled.byMethod.has(route.method)) throw new Error(`two routes for ${route.method} ${route.path}`);
    compiled.byMethod.set(route.method, route);
    byTemplate.set(route.path, compiled);
  }
  // A literal path wins over one with a parameter: /vehicles/nearby before /vehicles/{id}.
  const ordered = [...byTemplate.values()].sort((a, b) => a.names.length - b.names.length);
  return (method, path) => match(ordered, method, path);
}

function compileTemplate(template: string): Compiled {
  const names: string[] = [];
  const source = template.replace(/\{(\w+)\}/g, (_, name: string) => {
    names.push(name);
    return "([^/]+)";
  });
  return { pattern: new RegExp(`^${source}/?$`), names, template, byMethod: new Map() };
}

function match(compiled: Compiled[], method: string, path: string): Match {
  for (const { pattern, names, template, byMethod } of compiled) {
    const found = pattern.exec(path);
    if (!found) continue;
    const asked = method === "HEAD" ? "GET" : method;
    const route = byMethod.get(asked as Method);
    if (!route) return { kind: "method", allow: [...byMethod.keys()], template };
    const params = Object.fromEntries(names.map((name, i) => [name, decode(found[i + 1] ?? "")]));
    return { kind: "route", route, params, template };
  }
  return { kind: "none" };
}

/** A path part that is not valid percent-encoding names nothing. */
function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch (error) {
    if (error instanceof URIError) return "";
    throw error;
  }
}
