import { useState } from "react";
import { ImportDialog } from "@/components/fleet/import-dialog";
import { ShownOnceDialog } from "@/components/fleet/shown-once-dialog";
import { useTRPCClient } from "@/components/lib/trpc";
import { PERSON_COLUMNS } from "@/server/domain/csv/person-line";
import type { PeopleImported } from "@/server/services/people/import-people";
import { linkHere } from "./link-here";

const EXAMPLE = { email: "ann@agency.test", roles: "crew", name: "Ann Ambler" };
const HEADER = ["email", "name", "link", "expires"];

/** Invites people from a file, then shows their one-time links. */
export function ImportPeople({ onClose }: { onClose: () => void }) {
  const client = useTRPCClient();
  const [done, setDone] = useState<PeopleImported | null>(null);
  if (done) return <Links invited={done.invited} onClose={onClose} />;
  return (
    <ImportDialog<PeopleImported>
      what="people"
      columns={PERSON_COLUMNS}
      example={EXAMPLE}
      run={(input) => client.people.import.mutate(input)}
      onImported={setDone}
      onClose={onClose}
    />
  );
}

function Links({ invited, onClose }: Pick<PeopleImported, "invited"> & { onClose: () => void }) {
  return (
    <ShownOnceDialog
      title="Invitations"
      description="Hand each person their link, with which they set a password. It works once, and is shown only now."
      fileName="people-links.csv"
      header={HEADER}
      rows={invited.map(({ email, name, url, expiresAt }) => [email, name, linkHere(url), expiresAt])}
      onClose={onClose}
    />
  );
}
