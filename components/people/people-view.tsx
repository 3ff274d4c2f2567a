"use client";

import { useQuery } from "@tanstack/react-query";
import { Upload, UserPlus } from "lucide-react";
import { useMemo, useState } from "react";
import { LoadFailed } from "@/components/fleet/load-failed";
import { useMay } from "@/components/fleet/use-may";
import { later } from "@/components/lib/later";
import { useTRPC } from "@/components/lib/trpc";
import { useAgency } from "@/components/lib/viewer";
import { Button } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table/data-table";
import { PageHeader } from "@/components/ui/page-header";
import type { ShownLink } from "./link-dialog";
import { type Person, personColumns, stateOf } from "./people-columns";

const ImportPeople = later(() => import("./import-people").then((part) => part.ImportPeople));
const LinkDialog = later(() => import("./link-dialog").then((part) => part.LinkDialog));
const PersonDialog = later(() => import("./person-dialog").then((part) => part.PersonDialog));

const rowId = ({ id }: Person) => id;
const rowLabel = ({ name }: Person) => name;
const rowTone = (row: Person) => (stateOf(row) === "Inactive" ? "muted" : undefined);
type Open = { person: Person | null } | null;

/** Everybody who may enter, and who once could. */
export function PeopleView() {
  const trpc = useTRPC();
  const { timeZone } = useAgency();
  const mayWrite = useMay("users.write");
  const [open, setOpen] = useState<Open>(null);
  const [importing, setImporting] = useState(false);
  const [link, setLink] = useState<ShownLink | null>(null);
  const people = useQuery(trpc.people.list.queryOptions());
  const columns = useMemo(() => personColumns(timeZone), [timeZone]);
  const invite = mayWrite && (
    <>
      <Button onClick={() => setImporting(true)}>
        <Upload size={14} aria-hidden="true" /> Import
      </Button>
      <Button variant="primary" onClick={() => setOpen({ person: null })}>
        <UserPlus size={14} aria-hidden="true" /> Invite a person
      </Button>
    </>
  );
  return (
    <div className="flex h-full min-h-0 flex-col">
      <PageHeader title="People" actions={invite} />
      <LoadFailed error={people.error} onRetry={people.refetch} what="The people" />
      <DataTable
        className="flex-1"
        label="People"
        columns={columns}
        rows={people.error ? (people.data ?? []) : people.data}
        rowId={rowId}
        rowLabel={rowLabel}
        rowTone={rowTone}
        defaultSort={{ id: "name" }}
        onOpen={mayWrite ? (person) => setOpen({ person }) : undefined}
        empty={{ title: "Nobody yet" }}
      />
      {open && (
        <PersonDialog
          key={open.person?.id ?? "new"}
          person={open.person}
          onLink={setLink}
          onClose={() => setOpen(null)}
        />
      )}
      {importing && <ImportPeople onClose={() => setImporting(false)} />}
      {link && <LinkDialog link={link} onClose={() => setLink(null)} />}
    </div>
  );
}
