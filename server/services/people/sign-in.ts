import "server-only";
import { ACCESS_TOKEN_S, signSessionToken } from "@/server/auth/session-tokens";
import type { SignInInput, Tokens } from "@/server/domain/people/sign-in";
import { checkCredentials } from "./check-credentials";
import { type StartedSession, startSession } from "./start-session";
import type { Visitor } from "./visitor";

/** Signs a person in at the console. @throws AppError as `checkCredentials` */
export const signInAtConsole = async (visitor: Visitor, input: SignInInput): Promise<StartedSession> =>
  startSession(visitor, await checkCredentials(visitor, input), "console");

/** Signs an API client in. @throws AppError as `checkCredentials` */
export async function signInByApi(
  visitor: Visitor,
  input: SignInInput,
): Promise<{ tokens: Tokens; deviceToken: string }> {
  const started = await startSession(visitor, await checkCredentials(visitor, input), "api");
  const { sessionId, user, refreshToken, deviceToken } = started;
  return { tokens: await tokensOf({ sessionId, refreshToken: refreshToken ?? "", user }, visitor.now), deviceToken };
}

/** A fresh access token beside a refresh token. */
export async function tokensOf(
  { sessionId, refreshToken, user }: { sessionId: string; refreshToken: string; user: Tokens["user"] },
  now: Date,
): Promise<Tokens> {
  const expiresAt = new Date(now.getTime() + ACCESS_TOKEN_S * 1000);
  const accessToken = await signSessionToken("access-token", sessionId, expiresAt);
  return { accessToken, expiresInS: ACCESS_TOKEN_S, refreshToken, user };
}
