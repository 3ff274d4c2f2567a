"use client";

import { Button } from "@/components/ui/button";
import { signInByOidc } from "./auth-calls";
import { AuthField } from "./auth-field";
import { useSignIn } from "./use-sign-in";

type Props = {
  /** Where to go once in. */
  next: string;
  hasOidc: boolean;
  /** A code that single sign-on came back with. */
  error: string | null;
};

/** E-mail and password, then the second factor where the account has one. */
export function SignInForm({ next, hasOidc, error: cameBackWith }: Props) {
  const { asksCode, busy, error, waitS, submit } = useSignIn({ next, cameBackWith });
  return (
    // Sent before the script is there, a form without a method would put the password into the address.
    <form
      method="post"
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        void submit(event.currentTarget);
      }}
    >
      {error && (
        <p role="alert" className="rounded-md bg-danger-soft px-2 py-1.5 text-danger text-table">
          {error}
        </p>
      )}
      <AuthField first label="E-mail" name="email" type="email" autoComplete="username" />
      <AuthField label="Password" name="password" type="password" autoComplete="current-password" />
      {asksCode && (
        <AuthField
          first
          label="Code"
          name="totp"
          hint="From your authenticator, or one of your recovery codes"
          autoComplete="one-time-code"
        />
      )}
      <Button type="submit" variant="primary" size="lg" busy={busy} disabled={waitS > 0}>
        {waitS > 0 ? `Wait ${waitS} s` : "Sign in"}
      </Button>
      {hasOidc && (
        <Button size="lg" onClick={() => void signInByOidc(next)}>
          Single sign-on
        </Button>
      )}
    </form>
  );
}
