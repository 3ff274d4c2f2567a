"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { z } from "zod";
import { TextField } from "@/components/fleet/fields";
import { FormDialog } from "@/components/fleet/form-dialog";
import { useRemove } from "@/components/fleet/use-remove";
import { useSave } from "@/components/fleet/use-save";
import { useTRPC } from "@/components/lib/trpc";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import type { ApiKey } from "@/server/domain/people/api-key";
import { ScopeSchema } from "@/server/domain/people/permission-schemas";
import { SCOPES } from "@/server/domain/people/permissions";
import { PersonName } from "@/server/domain/people/user";
import { ChoicesField } from "./choices-field";
import { SCOPE_NAMES } from "./role-names";

const KeyForm = z.object({ name: PersonName, scopes: z.array(ScopeSchema).min(1, "Choose at least one") });
const SCOPE_OPTIONS = SCOPES.map((value) => ({ value, label: SCOPE_NAMES[value] }));

type Props = { apiKey: ApiKey | null; onToken: (token: string) => void; onClose: () => void };

/** Makes a key, or changes what one may do. */
export function ApiKeyDialog({ apiKey, onToken, onClose }: Props) {
  const trpc = useTRPC();
  const [version, setVersion] = useState(apiKey?.version ?? 1);
  const [revoking, setRevoking] = useState(false);
  const create = useMutation(trpc.people.apiKeys.create.mutationOptions());
  const edit = useMutation(trpc.people.apiKeys.edit.mutationOptions());
  const form = useForm({
    resolver: zodResolver(KeyForm),
    defaultValues: { name: apiKey?.name ?? "", scopes: apiKey?.scopes ?? [] },
  });
  const saving = useSave({
    form,
    save: async (values) => {
      if (apiKey) await edit.mutateAsync({ id: apiKey.id, version, ...values });
      else onToken((await create.mutateAsync(values)).token);
    },
    said: ({ name }) => `${name} saved`,
    onDone: onClose,
  });
  const takeOver = (current: unknown) => {
    const { name, scopes, version: newest } = current as ApiKey;
    setVersion(newest);
    form.reset({ name, scopes });
    saving.forget();
  };
  const revoke = apiKey && (
    <Button variant="danger" onClick={() => setRevoking(true)}>
      Revoke
    </Button>
  );
  return (
    <>
      <FormDialog
        title={apiKey ? apiKey.name : "New key"}
        form={form}
        saving={saving}
        onTakeOver={takeOver}
        onClose={onClose}
        action={apiKey ? "Save" : "Make the key"}
        extra={revoke}
      >
        <TextField form={form} name="name" label="Name" hint="Who uses it" />
        <ChoicesField form={form} name="scopes" legend="It may" options={SCOPE_OPTIONS} />
      </FormDialog>
      {apiKey && revoking && <RevokeKey apiKey={apiKey} onClose={() => setRevoking(false)} onDone={onClose} />}
    </>
  );
}

function RevokeKey({ apiKey, onClose, onDone }: { apiKey: ApiKey; onClose: () => void; onDone: () => void }) {
  const trpc = useTRPC();
  const { mutateAsync } = useMutation(trpc.people.apiKeys.revoke.mutationOptions());
  const revoking = useRemove({
    remove: () => mutateAsync({ id: apiKey.id }),
    said: `${apiKey.name} revoked`,
    onDone,
  });
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Revoke ${apiKey.name}`}
      action="Revoke"
      danger
      {...revoking}
    >
      Calls with it are refused from now on.
    </ConfirmDialog>
  );
}
