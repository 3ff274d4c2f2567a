"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation } from "@tanstack/react-query";
import { useForm } from "react-hook-form";
import { z } from "zod";
import { TextField } from "@/components/fleet/fields";
import { FormDialog } from "@/components/fleet/form-dialog";
import { useRowVersion } from "@/components/fleet/use-row-version";
import { useSave } from "@/components/fleet/use-save";
import { useTRPC } from "@/components/lib/trpc";
import { RoleSchema } from "@/server/domain/people/permission-schemas";
import { ROLES } from "@/server/domain/people/permissions";
import { EmailSchema, PersonName } from "@/server/domain/people/user";
import { ChoicesField } from "./choices-field";
import type { ShownLink } from "./link-dialog";
import type { Person } from "./people-columns";
import { PersonActions } from "./person-actions";
import { ROLE_HINTS, ROLE_NAMES } from "./role-names";

const PersonForm = z.object({
  name: PersonName,
  email: EmailSchema,
  roles: z.array(RoleSchema).min(1, "Choose at least one role"),
});
const valuesOf = (person: Person | null): z.input<typeof PersonForm> => ({
  name: person?.name ?? "",
  email: person?.email ?? "",
  roles: person?.roles ?? ["crew"],
});
const ROLE_OPTIONS = ROLES.map((value) => ({ value, label: ROLE_NAMES[value], hint: ROLE_HINTS[value] }));

type Props = { person: Person | null; onLink: (link: ShownLink) => void; onClose: () => void };

/** Invites a person, or changes one. */
export function PersonDialog({ person, onLink, onClose }: Props) {
  const trpc = useTRPC();
  const { version, takeOverInto } = useRowVersion(person);
  const create = useMutation(trpc.people.create.mutationOptions());
  const edit = useMutation(trpc.people.edit.mutationOptions());
  const form = useForm({ resolver: zodResolver(PersonForm), defaultValues: valuesOf(person) });
  const invite = async (values: z.output<typeof PersonForm>) => {
    const { link, user } = await create.mutateAsync(values);
    if (link) onLink({ name: user.name, ...link });
  };
  const saving = useSave({
    form,
    save: (values) => (person ? edit.mutateAsync({ id: person.id, version, ...values }) : invite(values)),
    said: ({ name }) => (person ? `${name} saved` : `${name} added`),
    onDone: onClose,
  });
  const takeOver = takeOverInto(form, saving, valuesOf);
  return (
    <FormDialog
      title={person ? person.name : "Invite a person"}
      description={person ? undefined : "They get a link to set a password, which you hand over."}
      form={form}
      saving={saving}
      onTakeOver={takeOver}
      onClose={onClose}
      action={person ? "Save" : "Invite"}
      extra={person && <PersonActions person={person} version={version} onLink={onLink} onDone={onClose} />}
    >
      <TextField form={form} name="name" label="Name" />
      <TextField form={form} name="email" label="E-mail" type="email" />
      <ChoicesField form={form} name="roles" legend="Roles" options={ROLE_OPTIONS} />
    </FormDialog>
  );
}
