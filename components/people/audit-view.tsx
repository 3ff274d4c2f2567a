"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import type { inferRouterOutputs } from "@trpc/server";
import { useMemo, useState } from "react";
import { LoadFailed } from "@/components/fleet/load-failed";
import { formatDay, formatTimeS } from "@/components/lib/format";
import { useTRPC } from "@/components/lib/trpc";
import { useAgency } from "@/components/lib/viewer";
import { Button } from "@/components/ui/button";
import { type Column, DataTable } from "@/components/ui/data-table/data-table";
import { Select } from "@/components/ui/select";
import type { AppRouter } from "@/server/api/root";
import { SettingsFrame } from "./settings-frame";

type Line = inferRouterOutputs<AppRouter>["audit"]["list"]["items"][number];
const rowId = ({ id }: Line) => id;
const rowLabel = ({ action, actorName, actorKind }: Line) => `${action} by ${actorName ?? actorKind}`;

const AREAS = [
  "all",
  "trip",
  "unit",
  "shift",
  "vehicle",
  "device",
  "facility",
  "base",
  "exception",
  "rider",
  "user",
  "session",
  "account",
  "api_key",
  "agency",
] as const;
type Area = (typeof AREAS)[number];
const AREA_OPTIONS = AREAS.map((value) => ({ value, label: value === "all" ? "Everything" : value.replace("_", " ") }));
const PAGE = 200;

const columnsFor = (timeZone: string): Column<Line>[] => [
  {
    id: "at",
    header: "When",
    value: (row) => row.at.toISOString(),
    cell: (row) => `${formatDay(row.at, timeZone)} ${formatTimeS(row.at, timeZone)}`,
    width: 170,
  },
  {
    id: "actor",
    header: "Who",
    value: (row) => row.actorName ?? row.actorKind,
    width: { min: 140, grow: 1 },
    filter: "text",
  },
  { id: "action", header: "What", value: (row) => row.action, width: { min: 160, grow: 1 }, filter: "choice" },
  {
    id: "fields",
    header: "Fields",
    value: (row) => row.fields.join(", "),
    width: { min: 140, grow: 2 },
    filter: "text",
  },
  { id: "entityId", header: "Id", value: (row) => row.entityId, width: { min: 120, grow: 1 }, filter: "text" },
  { id: "requestId", header: "Request", value: (row) => row.requestId, width: { min: 120, grow: 1 } },
];

/** Who did what, newest first: names of fields, never their values. */
export function AuditView() {
  const trpc = useTRPC();
  const { timeZone } = useAgency();
  const [area, setArea] = useState<Area>("all");
  const log = useInfiniteQuery(
    trpc.audit.list.infiniteQueryOptions(
      { limit: PAGE, ...(area !== "all" && { area }) },
      { getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined },
    ),
  );
  const rows = useMemo(() => log.data?.pages.flatMap(({ items }) => items), [log.data]);
  const columns = useMemo(() => columnsFor(timeZone), [timeZone]);
  const filter = (
    <>
      <Select aria-label="Area" className="w-36" value={area} onValueChange={setArea} options={AREA_OPTIONS} />
      {log.hasNextPage && (
        <Button size="sm" busy={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
          Load older
        </Button>
      )}
    </>
  );
  return (
    <SettingsFrame current="Audit">
      <LoadFailed error={log.error} onRetry={log.refetch} what="The audit log" />
      <DataTable
        className="flex-1"
        label="Audit log"
        columns={columns}
        rows={log.error ? (rows ?? []) : rows}
        rowId={rowId}
        rowLabel={rowLabel}
        defaultSort={{ id: "at", desc: true }}
        toolbar={filter}
        empty={{ title: "Nothing was done yet" }}
      />
    </SettingsFrame>
  );
}
