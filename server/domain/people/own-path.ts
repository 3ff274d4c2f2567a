const HERE = "http://here.invalid";

/**
 * Where to go after signing in, out of what an address asked for: a path of ours, never another site. It is read as
 * browsers read it, which drop tabs and line breaks and take a backslash for a slash.
 */
export function ownPath(wanted: string | undefined): string {
  if (!wanted?.startsWith("/") || !URL.canParse(wanted, HERE)) return "/";
  const { origin, pathname, search } = new URL(wanted, HERE);
  return origin === HERE && !pathname.startsWith("//") ? pathname + search : "/";
}
