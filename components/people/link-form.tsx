"use client";

import { useMutation } from "@tanstack/react-query";
import { useEffect, useState, useSyncExternalStore } from "react";
import { refusalAt, refusalText } from "@/components/lib/errors";
import { useTRPC } from "@/components/lib/trpc";
import { Button } from "@/components/ui/button";
import { AuthField } from "./auth-field";
import { AuthFrame } from "./auth-frame";
import { JoinForm } from "./join-form";

const noChange = () => () => undefined;
const readToken = () => location.hash.slice(1);

/** The token of a one-time link: in the fragment, which no server and no log gets to see. */
const useLinkToken = () => useSyncExternalStore(noChange, readToken, () => "");

/** Takes a one-time link: by a new password, or by the one that somebody has from another agency. */
export function LinkForm() {
  const trpc = useTRPC();
  const token = useLinkToken();
  const link = useMutation(trpc.session.readLink.mutationOptions());
  const accept = useMutation(trpc.session.acceptLink.mutationOptions());
  const [hasAccount, setHasAccount] = useState(false);
  const { mutate: read } = link;
  useEffect(() => {
    if (token) read({ token });
  }, [token, read]);

  if (accept.isSuccess) return <Done email={accept.data.email} joined={hasAccount} />;
  if (link.error || accept.error?.data?.reasons.some(({ code }) => code === "link_gone")) {
    return <AuthFrame title="This link no longer works" hint={refusalText(link.error ?? accept.error)} />;
  }
  if (!link.data) return <AuthFrame title="Set a password" hint="One moment" />;
  const { email, agencyName, kind } = link.data;
  const hint = kind === "invite" ? `${agencyName} invites ${email}` : `For ${email} at ${agencyName}`;
  return (
    <AuthFrame title={kind === "invite" ? "Welcome to Runboard" : "Set a new password"} hint={hint}>
      {hasAccount ? (
        <JoinForm
          busy={accept.isPending}
          error={accept.error}
          onSubmit={(given) => accept.mutate({ token, ...given })}
        />
      ) : (
        <PasswordForm
          busy={accept.isPending}
          error={accept.error ? (refusalAt(accept.error, "password") ?? refusalText(accept.error)) : null}
          onSubmit={(password) => accept.mutate({ token, password })}
        />
      )}
      {kind === "invite" && (
        <Button variant="ghost" className="mt-3 w-full" onClick={() => setHasAccount(!hasAccount)}>
          {hasAccount ? "I have no password yet" : "I have a password already"}
        </Button>
      )}
    </AuthFrame>
  );
}

function Done({ email, joined }: { email: string; joined: boolean }) {
  return (
    <AuthFrame title={joined ? "You are in" : "The password is set"} hint={`Sign in as ${email}`}>
      <Button variant="primary" size="lg" className="w-full" onClick={() => location.assign("/sign-in")}>
        Sign in
      </Button>
    </AuthFrame>
  );
}

type FormProps = { busy: boolean; error: string | null; onSubmit: (password: string) => void };

function PasswordForm({ busy, error, onSubmit }: FormProps) {
  const [password, setPassword] = useState("");
  const [again, setAgain] = useState("");
  const differs = again !== "" && again !== password;
  return (
    <form
      method="post"
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (!differs) onSubmit(password);
      }}
    >
      <AuthField
        first
        label="New password"
        name="password"
        type="password"
        autoComplete="new-password"
        minLength={8}
        hint="At least 8 characters; a few words are best"
        error={error}
        value={password}
        onValueChange={setPassword}
      />
      <AuthField
        label="Once more"
        name="again"
        type="password"
        autoComplete="new-password"
        error={differs ? "The two differ" : null}
        value={again}
        onValueChange={setAgain}
      />
      <Button
        type="submit"
        variant="primary"
        size="lg"
        busy={busy}
        disabled={password.length < 8 || again === "" || differs}
      >
        Set the password
      </Button>
    </form>
  );
}
