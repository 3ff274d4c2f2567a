"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { inferRouterOutputs } from "@trpc/server";
import { useMemo } from "react";
import { LoadFailed } from "@/components/fleet/load-failed";
import { refusalText } from "@/components/lib/errors";
import { formatElapsed, formatMoment } from "@/components/lib/format";
import { useTRPC } from "@/components/lib/trpc";
import { useAgency } from "@/components/lib/viewer";
import { SettingsFrame } from "@/components/people/settings-frame";
import { type Column, DataTable } from "@/components/ui/data-table/data-table";
import { Tabs } from "@/components/ui/tabs";
import { toast, toastError } from "@/components/ui/toast";
import type { AppRouter } from "@/server/api/root";

type Jobs = inferRouterOutputs<AppRouter>["jobs"]["list"];
type Queue = Jobs["queues"][number];
type Dead = Jobs["deadLetters"][number];

const REFRESH_MS = 10_000;
const queueId = ({ job, queue, state }: Queue) => `${queue} ${job} ${state}`;
const deadId = ({ id }: Dead) => id;
const jobName = ({ job }: { job: string }) => job;

const QUEUE_COLUMNS: Column<Queue>[] = [
  { id: "job", header: "Job", value: (row) => row.job, width: { min: 180, grow: 2 }, filter: "text" },
  { id: "queue", header: "Priority", value: (row) => row.queue, width: 110, filter: "choice" },
  { id: "state", header: "State", value: (row) => row.state, width: 110, filter: "choice" },
  { id: "count", header: "Count", value: (row) => row.count, width: 90, align: "end" },
  {
    id: "oldest",
    header: "Oldest",
    value: (row) => row.oldestAgeS,
    cell: (row) => formatElapsed(row.oldestAgeS),
    width: 110,
    align: "end",
  },
];

const deadColumns = (timeZone: string): Column<Dead>[] => [
  { id: "job", header: "Job", value: (row) => row.job, width: { min: 180, grow: 2 }, filter: "text" },
  {
    id: "failedAt",
    header: "Gave up",
    value: (row) => row.failedAt.toISOString(),
    cell: (row) => formatMoment(row.failedAt, timeZone),
    width: 190,
  },
  { id: "error", header: "Why", value: (row) => row.error, width: { min: 160, grow: 1 }, filter: "choice" },
];

/** What runs in the background, and what gave up and waits for a person. */
export function JobsView() {
  const trpc = useTRPC();
  const jobs = useQuery(trpc.jobs.list.queryOptions(undefined, { refetchInterval: REFRESH_MS }));
  const tabs = [
    {
      value: "dead",
      label: "Gave up",
      count: jobs.data?.deadLetters.length,
      content: <DeadLetters rows={jobs.data?.deadLetters} />,
    },
    { value: "queues", label: "Queues", content: <Queues rows={jobs.data?.queues} /> },
  ];
  return (
    <SettingsFrame current="Jobs">
      {jobs.data && !jobs.data.wholeInstallation && (
        <p className="px-4 py-2 text-ink-2 text-table">
          Jobs of this agency. Those of the whole installation are its operator’s.
        </p>
      )}
      <LoadFailed error={jobs.error} onRetry={jobs.refetch} what="The jobs" />
      <Tabs className="flex-1" tabs={tabs} />
    </SettingsFrame>
  );
}

function Queues({ rows }: { rows: Queue[] | undefined }) {
  return (
    <DataTable
      label="Queues"
      columns={QUEUE_COLUMNS}
      rows={rows}
      rowId={queueId}
      rowLabel={jobName}
      empty={{ title: "Nothing waits" }}
    />
  );
}

function DeadLetters({ rows }: { rows: Dead[] | undefined }) {
  const trpc = useTRPC();
  const client = useQueryClient();
  const { timeZone } = useAgency();
  const columns = useMemo(() => deadColumns(timeZone), [timeZone]);
  const { mutate: retry } = useMutation(
    trpc.jobs.retry.mutationOptions({
      onSuccess: ({ job }) => {
        toast(`${job} runs again`);
        return client.invalidateQueries(trpc.jobs.pathFilter());
      },
      onError: (error) => toastError("The job was not put back", refusalText(error)),
    }),
  );
  return (
    <DataTable
      label="Jobs that gave up"
      columns={columns}
      rows={rows}
      rowId={deadId}
      rowLabel={jobName}
      defaultSort={{ id: "failedAt", desc: true }}
      actions={({ id }) => [[{ id: "retry", label: "Run it again", run: () => retry({ id }) }]]}
      empty={{ title: "Nothing gave up", hint: "A job that fails after all its retries waits here." }}
    />
  );
}
