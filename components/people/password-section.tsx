"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { refusalAt, refusalText } from "@/components/lib/errors";
import { useTRPC } from "@/components/lib/trpc";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import { AuthField } from "./auth-field";
import { SettingsSection } from "./settings-frame";

const EMPTY = { password: "", newPassword: "" };

/** Changes one's own password. */
export function PasswordSection() {
  const trpc = useTRPC();
  const [fields, setFields] = useState(EMPTY);
  const change = useMutation(
    trpc.session.changePassword.mutationOptions({
      onSuccess: () => {
        setFields(EMPTY);
        toast("The password is changed", { description: "Everywhere else you are signed out." });
      },
    }),
  );
  const { error } = change;
  const wrong = error && refusalAt(error, "password");
  const tooWeak = error && refusalAt(error, "newPassword");
  const set = (name: keyof typeof EMPTY) => (value: string) => setFields((now) => ({ ...now, [name]: value }));
  return (
    <SettingsSection title="Password" hint="Changing it signs you out everywhere else.">
      <form
        method="post"
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate(fields);
        }}
      >
        <AuthField
          label="Password now"
          name="password"
          type="password"
          autoComplete="current-password"
          error={wrong ?? (error && !tooWeak ? refusalText(error) : null)}
          value={fields.password}
          onValueChange={set("password")}
        />
        <AuthField
          label="New password"
          name="newPassword"
          type="password"
          autoComplete="new-password"
          minLength={8}
          hint="At least 8 characters; a few words are best"
          error={tooWeak}
          value={fields.newPassword}
          onValueChange={set("newPassword")}
        />
        <Button type="submit" className="self-start" busy={change.isPending} disabled={fields.newPassword.length < 8}>
          Change the password
        </Button>
      </form>
    </SettingsSection>
  );
}
