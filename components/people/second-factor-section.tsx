"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { LoadFailed } from "@/components/fleet/load-failed";
import { refusalAt, refusalText } from "@/components/lib/errors";
import { plural } from "@/components/lib/format";
import { useTRPC } from "@/components/lib/trpc";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { toastError } from "@/components/ui/toast";
import { AuthField } from "./auth-field";
import { SecretOnce } from "./secret-once";
import { SettingsSection } from "./settings-frame";
import { TotpSetup } from "./totp-setup";

const HINT = "A code from an authenticator app, asked for beside the password.";

/** Turns one's own second factor on and off. */
export function SecondFactorSection() {
  const trpc = useTRPC();
  const account = useQuery(trpc.session.account.queryOptions());
  const [recoveryCodes, setRecoveryCodes] = useState<string[] | null>(null);
  const enrol = useMutation(
    trpc.session.enrolTotp.mutationOptions({
      onError: (error) => toastError("The second factor was not set up", refusalText(error)),
    }),
  );
  if (recoveryCodes) return <RecoveryCodes codes={recoveryCodes} onDone={() => setRecoveryCodes(null)} />;
  return (
    <SettingsSection title="Second factor" hint={HINT}>
      <LoadFailed error={account.error} onRetry={account.refetch} what="The account" />
      {account.isPending && <Skeleton className="w-40" />}
      {account.data?.hasSecondFactor && <TurnOff codesLeft={account.data.recoveryCodesLeft} />}
      {account.data && !account.data.hasSecondFactor && !enrol.data && (
        <Button busy={enrol.isPending} onClick={() => enrol.mutate()}>
          Set up an authenticator
        </Button>
      )}
      {account.data && !account.data.hasSecondFactor && enrol.data && (
        <TotpSetup
          {...enrol.data}
          onConfirmed={(codes) => {
            setRecoveryCodes(codes);
            enrol.reset();
          }}
        />
      )}
    </SettingsSection>
  );
}

function RecoveryCodes({ codes, onDone }: { codes: string[]; onDone: () => void }) {
  return (
    <SettingsSection
      title="Recovery codes"
      hint="The second factor is on. Each of these works once in place of a code. They are shown only now: print or store them."
    >
      <SecretOnce label="Recovery codes" text={codes.join("  ")} />
      <Button variant="primary" className="mt-3" onClick={onDone}>
        I have stored them
      </Button>
    </SettingsSection>
  );
}

function TurnOff({ codesLeft }: { codesLeft: number }) {
  const trpc = useTRPC();
  const client = useQueryClient();
  const [password, setPassword] = useState("");
  const disable = useMutation(
    trpc.session.disableTotp.mutationOptions({
      onSuccess: () => client.invalidateQueries(trpc.session.account.pathFilter()),
    }),
  );
  const { error } = disable;
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        disable.mutate({ password });
      }}
    >
      <p>The second factor is on; {plural(codesLeft, "recovery code")} left.</p>
      <AuthField
        label="Password"
        name="turn-off-password"
        type="password"
        autoComplete="current-password"
        error={error && (refusalAt(error, "password") ?? refusalText(error))}
        value={password}
        onValueChange={setPassword}
      />
      <Button type="submit" variant="danger" className="self-start" busy={disable.isPending} disabled={password === ""}>
        Turn it off
      </Button>
    </form>
  );
}
