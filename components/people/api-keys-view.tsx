"use client";

import { useQuery } from "@tanstack/react-query";
import { KeyRound } from "lucide-react";
import { useMemo, useState } from "react";
import { LoadFailed } from "@/components/fleet/load-failed";
import { formatMoment } from "@/components/lib/format";
import { later } from "@/components/lib/later";
import { useTRPC } from "@/components/lib/trpc";
import { useAgency } from "@/components/lib/viewer";
import { Button } from "@/components/ui/button";
import { type Column, DataTable } from "@/components/ui/data-table/data-table";
import type { ApiKey } from "@/server/domain/people/api-key";
import { SettingsFrame } from "./settings-frame";

const ApiKeyDialog = later(() => import("./api-key-dialog").then((part) => part.ApiKeyDialog));
const SecretDialog = later(() => import("./secret-dialog").then((part) => part.SecretDialog));

const rowId = ({ id }: ApiKey) => id;
const rowLabel = ({ name }: ApiKey) => name;

const columnsFor = (timeZone: string): Column<ApiKey>[] => [
  { id: "name", header: "Name", value: (row) => row.name, width: { min: 160, grow: 1 }, filter: "text" },
  { id: "prefix", header: "Begins with", value: (row) => `${row.prefix}…`, width: 130 },
  { id: "scopes", header: "May", value: (row) => row.scopes.join(", "), width: { min: 220, grow: 2 }, filter: "text" },
  {
    id: "lastUsedAt",
    header: "Last used",
    value: (row) => row.lastUsedAt,
    cell: (row) => (row.lastUsedAt ? formatMoment(new Date(row.lastUsedAt), timeZone) : "never"),
    width: 180,
  },
  {
    id: "createdAt",
    header: "Made",
    value: (row) => row.createdAt,
    cell: (row) => formatMoment(new Date(row.createdAt), timeZone),
    width: 180,
  },
];

/** Partners' keys: what each may do, and when it was last used. */
export function ApiKeysView() {
  const trpc = useTRPC();
  const { timeZone } = useAgency();
  const [open, setOpen] = useState<{ apiKey: ApiKey | null } | null>(null);
  const [token, setToken] = useState<string | null>(null);
  const keys = useQuery(trpc.people.apiKeys.list.queryOptions());
  const columns = useMemo(() => columnsFor(timeZone), [timeZone]);
  const add = (
    <Button variant="primary" onClick={() => setOpen({ apiKey: null })}>
      <KeyRound size={14} aria-hidden="true" /> Make a key
    </Button>
  );
  return (
    <SettingsFrame current="API keys" actions={add}>
      <LoadFailed error={keys.error} onRetry={keys.refetch} what="The keys" />
      <DataTable
        className="flex-1"
        label="API keys"
        columns={columns}
        rows={keys.error ? (keys.data ?? []) : keys.data}
        rowId={rowId}
        rowLabel={rowLabel}
        defaultSort={{ id: "name" }}
        onOpen={(apiKey) => setOpen({ apiKey })}
        empty={{ title: "No keys yet", hint: "Partners and scripts call the API with one." }}
      />
      {open && (
        <ApiKeyDialog
          key={open.apiKey?.id ?? "new"}
          apiKey={open.apiKey}
          onToken={setToken}
          onClose={() => setOpen(null)}
        />
      )}
      {token && (
        <SecretDialog
          title="The key"
          description="It is shown only now. Whoever has it may do what it may."
          label="API key"
          text={token}
          onClose={() => setToken(null)}
        />
      )}
    </SettingsFrame>
  );
}
