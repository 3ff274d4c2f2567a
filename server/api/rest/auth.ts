import "server-only";
import { z } from "zod";
import { networkOf } from "@/server/client-address";
import { DeviceToken, RefreshInput, SignInInput, TokensSchema } from "@/server/domain/people/sign-in";
import { AppError } from "@/server/errors";
import { refreshSession } from "@/server/services/people/refresh-session";
import { signInByApi } from "@/server/services/people/sign-in";
import { signOut } from "@/server/services/people/sign-out";
import { definePublicRoute, defineRoute, type Route } from "./kit/route";

/** A device shows this to be known, and gets it back when it signs in: it is never locked out by others' failures. */
const DEVICE_HEADER = "x-device-token";

const readDevice = (given: string | null): string | undefined => {
  if (!given) return undefined;
  if (DeviceToken.safeParse(given).success) return given;
  throw new AppError("invalid", "the device token is none of ours", [
    { path: "X-Device-Token", code: "invalid", message: "send what a sign-in answered with, or nothing" },
  ]);
};

export const authRoutes: Route[] = [
  definePublicRoute({
    method: "POST",
    path: "/auth/login",
    summary: "Sign in with e-mail, password and, where it is on, the second factor",
    body: SignInInput,
    response: TokensSchema,
    secretAnswer: true,
    run: async ({ ip, ...ctx }, { body, headers }) => {
      const deviceToken = readDevice(headers.get(DEVICE_HEADER));
      const signedIn = await signInByApi({ ...ctx, network: networkOf(ip), deviceToken }, body);
      const answer = { "Cache-Control": "no-store", "X-Device-Token": signedIn.deviceToken };
      return Response.json(signedIn.tokens, { headers: answer });
    },
  }),
  definePublicRoute({
    method: "POST",
    path: "/auth/refresh",
    summary: "Exchange a refresh token; the previous one is accepted once more for 60 s",
    body: RefreshInput,
    response: TokensSchema,
    secretAnswer: true,
    run: (ctx, { body }) => refreshSession(ctx, body.refreshToken),
  }),
  defineRoute({
    method: "POST",
    path: "/auth/logout",
    summary: "End this session at once, with its refresh tokens and realtime connections",
    permission: "me.read",
    response: z.object({ id: z.uuid(), endedAt: z.iso.datetime() }),
    run: (ctx) => signOut(ctx),
  }),
];
