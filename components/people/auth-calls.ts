/** Why a sign-in was refused: our error code, and the seconds to wait where there are some. */
export type SignInRefusal = { code: string; waitS: number | null };

/** Posts to next-auth the way its forms do. @returns where it would have sent the browser */
async function post(path: string, fields: Record<string, string>): Promise<URL> {
  const csrfToken = textIn(await (await fetch("/api/auth/csrf", { cache: "no-store" })).json(), "csrfToken");
  const response = await fetch(`/api/auth/${path}`, {
    method: "POST",
    body: new URLSearchParams({ ...fields, csrfToken, json: "true" }),
  });
  return new URL(textIn(await response.json(), "url"), location.href);
}

/** The text under a key of an answer: all that this page reads, and no reason to load zod before somebody signs in. */
function textIn(answer: unknown, key: string): string {
  const value: unknown = typeof answer === "object" && answer !== null ? Reflect.get(answer, key) : undefined;
  if (typeof value !== "string") throw new TypeError(`next-auth answered without ${key}`);
  return value;
}

/** @returns null when the person is in */
export async function signInWithPassword(fields: {
  email: string;
  password: string;
  totp?: string;
}): Promise<SignInRefusal | null> {
  const { email, password, totp } = fields;
  const url = await post("callback/credentials", { email, password, ...(totp && { totp }) });
  const error = url.searchParams.get("error");
  if (!error) return null;
  const [code = "internal", waitS] = error.split(":");
  return { code, waitS: waitS ? Number(waitS) : null };
}

/** Goes to the identity provider, and from there back to `next`. */
export async function signInByOidc(next: string): Promise<void> {
  location.assign(await post("signin/oidc", { callbackUrl: next }));
}

/** Ends the session here and on the server. */
export async function signOutOfConsole(): Promise<void> {
  await post("signout", { callbackUrl: "/sign-in" });
  location.assign("/sign-in");
}
