"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { inferRouterOutputs } from "@trpc/server";
import { useMemo } from "react";
import { LoadFailed } from "@/components/fleet/load-failed";
import { refusalText } from "@/components/lib/errors";
import { formatMoment } from "@/components/lib/format";
import { useTRPC } from "@/components/lib/trpc";
import { useAgency } from "@/components/lib/viewer";
import { Badge } from "@/components/ui/badge";
import { type Column, DataTable } from "@/components/ui/data-table/data-table";
import { toast, toastError } from "@/components/ui/toast";
import type { AppRouter } from "@/server/api/root";
import { browserName } from "./browser-name";

type Session = inferRouterOutputs<AppRouter>["session"]["list"][number];
const rowId = ({ id }: Session) => id;
const rowLabel = ({ userName, userAgent }: Session) => `${userName}, ${browserName(userAgent)}`;
const kindName = ({ kind, lockedAt }: Session) => (kind === "api" ? "API" : lockedAt ? "Console, locked" : "Console");

const columnsFor = (timeZone: string, everybody: boolean): Column<Session>[] => [
  ...(everybody
    ? [
        {
          id: "userName",
          header: "Person",
          value: (row: Session) => row.userName,
          width: { min: 140, grow: 1 },
          filter: "text" as const,
        },
      ]
    : []),
  {
    id: "userAgent",
    header: "From",
    value: (row) => browserName(row.userAgent),
    cell: (row) => (
      <>
        {browserName(row.userAgent)} {row.isOwn && <Badge tone="accent">this one</Badge>}
      </>
    ),
    width: { min: 180, grow: 2 },
    filter: "text",
  },
  { id: "kind", header: "Kind", value: kindName, width: 130, filter: "choice" },
  { id: "mfa", header: "Second factor", value: (row) => (row.mfaAt ? "Yes" : "No"), width: 110, filter: "choice" },
  ...(["createdAt", "lastSeenAt"] as const).map((id) => ({
    id,
    header: id === "createdAt" ? "Signed in" : "Last active",
    value: (row: Session) => row[id].toISOString(),
    cell: (row: Session) => formatMoment(row[id], timeZone),
    width: 180,
  })),
];

/** Where people are signed in; each can be ended from here, by its row's menu. */
export function SessionsTable({ everybody }: { everybody: boolean }) {
  const trpc = useTRPC();
  const client = useQueryClient();
  const { timeZone } = useAgency();
  const sessions = useQuery(trpc.session.list.queryOptions({ everybody }));
  const columns = useMemo(() => columnsFor(timeZone, everybody), [timeZone, everybody]);
  const { mutate: revoke } = useMutation(
    trpc.session.revoke.mutationOptions({
      onSuccess: () => {
        toast("The session has ended");
        return client.invalidateQueries(trpc.session.list.pathFilter());
      },
      onError: (error) => toastError("The session was not ended", refusalText(error)),
    }),
  );
  return (
    <>
      <LoadFailed error={sessions.error} onRetry={sessions.refetch} what="The sessions" />
      <DataTable
        className="min-h-60 flex-1"
        label="Sessions"
        columns={columns}
        rows={sessions.error ? (sessions.data ?? []) : sessions.data}
        rowId={rowId}
        rowLabel={rowLabel}
        defaultSort={{ id: "lastSeenAt", desc: true }}
        actions={(row) => [[{ id: "end", label: "End this session", danger: true, run: () => revoke({ id: row.id }) }]]}
        empty={{ title: "No sessions" }}
      />
    </>
  );
}
