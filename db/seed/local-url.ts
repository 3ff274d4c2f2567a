const LOCAL = ["localhost", "127.0.0.1", "[::1]", ""];

/**
 * The database URL of a variable, if it names this machine.
 * @throws Error when the variable is missing, or names another machine
 */
export function localUrl(name: string, env: Readonly<Record<string, string | undefined>>): string {
  const url = env[name];
  if (!url) throw new Error(`${name} is not set`);
  if (LOCAL.includes(new URL(url).hostname)) return url;
  throw new Error(`${name} is not on this machine: the demo fills local databases only`);
}

/** The same connection without waiting for the disk at each commit: a day that is played again costs nothing. */
export function hasty(url: string): string {
  const hurried = new URL(url);
  hurried.searchParams.set("synchronous_commit", "off");
  return hurried.toString();
}
