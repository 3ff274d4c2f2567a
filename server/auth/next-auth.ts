import "server-only";
import type { NextAuthOptions } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import type { OAuthConfig } from "next-auth/providers/oauth";
import { CREW_LIFE_S } from "@/server/domain/people/session-state";
import { SignInInput } from "@/server/domain/people/sign-in";
import { env } from "@/server/env";
import { AppError } from "@/server/errors";
import { describeError, log } from "@/server/log";
import { signInAtConsole } from "@/server/services/people/sign-in";
import { signInByOidc } from "@/server/services/people/sign-in-by-oidc";
import type { StartedSession } from "@/server/services/people/start-session";
import type { Visitor } from "@/server/services/people/visitor";
import { decodeCookie, encodeCookie } from "./cookie-codec";
import { cookieNames, isSecure } from "./cookies";
import { keyFor } from "./secrets";

export const OIDC = "oidc";
export const hasOidc = (): boolean => Boolean(env().OIDC_ISSUER && env().OIDC_CLIENT_ID && env().OIDC_CLIENT_SECRET);

type Hooks = {
  visitor: Visitor;
  /** Called once a person has come in; the session of the request's cookie, if one is live, gives way to the new one. */
  onStarted: (started: StartedSession) => Promise<void>;
  /** Ends the session of the request's cookie. */
  onSignOut: () => Promise<void>;
  /** Is there a session behind the request's cookie? */
  isLive: () => Promise<boolean>;
};
type OidcClaims = { sub: string; email?: string; email_verified?: boolean };

/** The options of one request. next-auth carries the flow and the cookie; what the cookie is worth, our sessions say. */
export function nextAuthOptions(hooks: Hooks): NextAuthOptions {
  let started: StartedSession | undefined;
  const start = async (starting: Promise<StartedSession>) => {
    started = await starting;
    await hooks.onStarted(started);
    return { id: started.sessionId };
  };
  return {
    secret: keyFor("console-cookie"),
    useSecureCookies: isSecure(),
    cookies: cookieOptions(),
    // As long as the longest session; when each one ends, its row says.
    session: { strategy: "jwt", maxAge: CREW_LIFE_S },
    pages: { signIn: "/sign-in", signOut: "/sign-in", error: "/sign-in" },
    providers: [passwordProvider(hooks.visitor, start), ...(hasOidc() ? [oidcProvider()] : [])],
    jwt: { encode: encodeCookie, decode: decodeCookie },
    callbacks: {
      signIn: async ({ account, profile }) => {
        if (account?.provider !== OIDC) return true;
        const { email, email_verified } = profile as OidcClaims;
        return start(signInByOidc(hooks.visitor, { email, emailVerified: email_verified === true })).then(
          () => true,
          (error: unknown) => refusedOrThrow(error),
        );
      },
      jwt: async ({ token }) => {
        if (started) return { sid: started.sessionId };
        if (!(await hooks.isLive())) throw new Error("the session has ended");
        return token;
      },
      session: ({ session }) => ({ expires: session.expires }),
    },
    events: { signOut: () => hooks.onSignOut() },
    logger: {
      error: (code) => log().warn({ code }, "sign-in"),
      warn: (code) => log().debug({ code }, "sign-in"),
      debug: () => undefined,
    },
  };
}

function refusedOrThrow(error: unknown): false {
  if (error instanceof AppError) return false;
  throw error;
}

const passwordProvider = (visitor: Visitor, start: (starting: Promise<StartedSession>) => Promise<{ id: string }>) =>
  Credentials({
    credentials: { email: {}, password: {}, totp: {} },
    authorize: async (given) => {
      const { email, password, totp } = given ?? {};
      const input = SignInInput.safeParse({ email, password, ...(totp && { totp }) });
      if (!input.success) throw new Error("bad_credentials");
      try {
        return await start(signInAtConsole(visitor, input.data));
      } catch (error) {
        throw new Error(codeFor(error));
      }
    },
  });

/** What the page is told: a code, and the seconds to wait. */
function codeFor(error: unknown): string {
  if (!(error instanceof AppError)) {
    log().error(describeError(error), "sign-in failed");
    return "internal";
  }
  return error.retryAfterS === undefined ? error.code : `${error.code}:${Math.ceil(error.retryAfterS)}`;
}

function oidcProvider(): OAuthConfig<OidcClaims> {
  const { OIDC_ISSUER = "", OIDC_CLIENT_ID, OIDC_CLIENT_SECRET } = env();
  return {
    id: OIDC,
    name: "Single sign-on",
    type: "oauth",
    wellKnown: `${OIDC_ISSUER.replace(/\/$/, "")}/.well-known/openid-configuration`,
    ...(OIDC_CLIENT_ID && { clientId: OIDC_CLIENT_ID }),
    ...(OIDC_CLIENT_SECRET && { clientSecret: OIDC_CLIENT_SECRET }),
    authorization: { params: { scope: "openid email" } },
    idToken: true,
    checks: ["pkce", "state", "nonce"],
    profile: ({ sub, email }) => ({ id: sub, email: email ?? null }),
  };
}

function cookieOptions(): NonNullable<NextAuthOptions["cookies"]> {
  const names = cookieNames();
  const options = { httpOnly: true, sameSite: "lax" as const, path: "/", secure: isSecure() };
  const brief = { ...options, maxAge: 15 * 60 };
  return {
    sessionToken: { name: names.session, options },
    csrfToken: { name: names.csrf, options },
    callbackUrl: { name: names.callback, options },
    state: { name: names.state, options: brief },
    nonce: { name: names.nonce, options: brief },
    pkceCodeVerifier: { name: names.pkce, options: brief },
  };
}
