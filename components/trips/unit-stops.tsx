"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Lock, LockOpen } from "lucide-react";
import { refusalText } from "@/components/lib/errors";
import { formatTime } from "@/components/lib/format";
import { useAgencyEvents } from "@/components/lib/realtime";
import { useTRPC } from "@/components/lib/trpc";
import { useAgency } from "@/components/lib/viewer";
import { EmptyState } from "@/components/ui/empty-state";
import { IconButton } from "@/components/ui/icon-button";
import { Skeleton } from "@/components/ui/skeleton";
import { toastError } from "@/components/ui/toast";
import type { ManifestStopView } from "@/server/domain/trips/board-view";
import { Section } from "./section";
import { STOP_WORDS } from "./trip-words";

type Props = { shiftId: string; tripId: string };

/** What the unit of a trip does next, stop by stop; a locked stop stays where it is. */
export function UnitStops({ shiftId, tripId }: Props) {
  const trpc = useTRPC();
  const { data: manifest, error } = useQuery(trpc.board.manifest.queryOptions({ shiftId }));
  const queries = useQueryClient();
  const reread = () => void queries.invalidateQueries(trpc.board.manifest.queryFilter({ shiftId }));
  useAgencyEvents({ "unit.changed": (event) => event.shiftId === shiftId && reread() }, reread);
  const change = useStopLock(shiftId);
  if (error) return <EmptyState title="The stops can't be shown">{refusalText(error)}</EmptyState>;
  if (!manifest) return <Skeleton className="m-3 w-2/3" />;
  return (
    <Section title={`Stops of ${manifest.callSign}`}>
      {manifest.stops.length === 0 && <p className="text-ink-2 text-table">No stop is left.</p>}
      <ol>
        {manifest.stops.map((stop) => (
          <StopLine
            key={stop.id}
            stop={stop}
            isOwn={stop.tripId === tripId}
            onLock={() => change(stop, manifest.manifestVersion)}
          />
        ))}
      </ol>
    </Section>
  );
}

/** Locks or unlocks a stop; a refusal is said, and the stops are read again. */
function useStopLock(shiftId: string) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const settled = {
    onError: (error: unknown) => toastError("The stop was not changed", refusalText(error)),
    onSettled: () => queries.invalidateQueries(trpc.board.manifest.queryFilter({ shiftId })),
  };
  const lock = useMutation(trpc.board.lockStop.mutationOptions(settled));
  const unlock = useMutation(trpc.board.unlockStop.mutationOptions(settled));
  return ({ id: stopId, locked }: ManifestStopView, manifestVersion: number) =>
    (locked ? unlock : lock).mutate({ shiftId, stopId, manifestVersion });
}

function StopLine({ stop, isOwn, onLock }: { stop: ManifestStopView; isOwn: boolean; onLock: () => void }) {
  const { timeZone } = useAgency();
  const at = stop.arrivedAt ?? stop.etaAt ?? stop.plannedAt;
  const name = `${STOP_WORDS[stop.kind]}${stop.tripNumber ? ` of ${stop.tripNumber}` : ""}`;
  return (
    <li className="flex min-h-7 items-center gap-2">
      <span className="w-12 shrink-0 text-ink-2">{at ? formatTime(at, timeZone) : "–"}</span>
      <span className={isOwn ? "min-w-0 flex-1 truncate font-medium" : "min-w-0 flex-1 truncate"}>{name}</span>
      {stop.arrivedAt && <span className="text-ink-3 text-table">reached</span>}
      {stop.locked && <span className="text-ink-2 text-table">locked</span>}
      {!stop.arrivedAt && (
        <IconButton
          icon={stop.locked ? Lock : LockOpen}
          size="sm"
          label={`${stop.locked ? "Unlock" : "Lock"} ${name}`}
          aria-pressed={stop.locked}
          onClick={onLock}
        />
      )}
    </li>
  );
}
