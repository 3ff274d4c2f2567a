import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { ForgetOnSignIn } from "@/components/continuity/forget-on-sign-in";
import { AuthFrame } from "@/components/people/auth-frame";
import { SignInForm } from "@/components/people/sign-in-form";
import { hasOidc } from "@/server/auth/next-auth";
import { actorFromCookies } from "@/server/auth/resolve-actor";
import { ownPath } from "@/server/domain/people/own-path";

export const metadata: Metadata = { title: "Sign in" };

type Query = { next?: string | string[]; callbackUrl?: string | string[]; error?: string | string[] };
const one = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value);

export default async function SignInPage({ searchParams }: { searchParams: Promise<Query> }) {
  const { next, error } = await searchParams;
  const target = ownPath(one(next));
  if (await actorFromCookies({ headers: await headers() })) redirect(target);
  return (
    <AuthFrame title="Sign in">
      <ForgetOnSignIn />
      <SignInForm next={target} hasOidc={hasOidc()} error={one(error) ?? null} />
    </AuthFrame>
  );
}
