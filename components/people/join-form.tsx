"use client";

import { useState } from "react";
import { refusalOf, refusalText } from "@/components/lib/errors";
import { Button } from "@/components/ui/button";
import { AuthField } from "./auth-field";

type Given = { password: string; totp?: string };
type Props = { busy: boolean; error: unknown; onSubmit: (given: Given) => void };

/** For somebody who has an account from another agency: its password opens this one too. */
export function JoinForm({ busy, error, onSubmit }: Props) {
  const [password, setPassword] = useState("");
  const [totp, setTotp] = useState("");
  const asksCode = totp !== "" || (Boolean(error) && refusalOf(error).code === "totp_required");
  return (
    <form
      method="post"
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit({ password, ...(totp && { totp }) });
      }}
    >
      <AuthField
        first
        label="Your password"
        name="password"
        type="password"
        autoComplete="current-password"
        hint="The one you sign in with at your other agency"
        error={error ? refusalText(error) : null}
        value={password}
        onValueChange={setPassword}
      />
      {asksCode && (
        <AuthField
          first
          label="Code"
          name="totp"
          hint="From your authenticator, or one of your recovery codes"
          autoComplete="one-time-code"
          value={totp}
          onValueChange={setTotp}
        />
      )}
      <Button type="submit" variant="primary" size="lg" busy={busy} disabled={password === ""}>
        Join
      </Button>
    </form>
  );
}
