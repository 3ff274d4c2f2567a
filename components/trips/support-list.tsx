"use client";

import { Pencil } from "lucide-react";
import { refusalText } from "@/components/lib/errors";
import { useAsking } from "@/components/lib/use-asking";
import { StatusBadge } from "@/components/status/status-badge";
import { tripMark } from "@/components/status/status-marks";
import { Button } from "@/components/ui/button";
import { Elapsed } from "@/components/ui/elapsed";
import { IconButton } from "@/components/ui/icon-button";
import { CLOCK_OF, CLOCKED_STATUSES } from "@/server/domain/trips/clocks";
import { allowedNext } from "@/server/domain/trips/status-report";
import { isSupport, isSupporting } from "@/server/domain/trips/support";
import type { AssignmentView, TripView } from "@/server/domain/trips/trip-view";
import { CREW_STATUSES, isClosed } from "@/server/domain/trips/vocabulary";
import { Section } from "./section";
import { ROLE_WORDS } from "./trip-words";
import { useTripChanges } from "./use-trip-changes";

type Props = {
  trip: TripView;
  mayDispatch: boolean;
  onAdd: () => void;
  onCorrect: (assignmentId: string) => void;
};

/** The units that are there beside the one that carries the rider, each with its own status. */
export function SupportList({ trip, mayDispatch, onAdd, onCorrect }: Props) {
  const supports = trip.assignments.filter((one) => isSupport(one) && one.current);
  if (supports.length === 0) return null;
  return (
    <Section
      title="Supporting units"
      tools={
        mayDispatch &&
        !isClosed(trip.status) && (
          <Button size="sm" variant="ghost" onClick={onAdd}>
            Send another
          </Button>
        )
      }
    >
      <ul aria-label="Supporting units">
        {supports.map((one) => (
          <SupportLine
            key={one.id}
            trip={trip}
            one={one}
            mayDispatch={mayDispatch}
            onCorrect={() => onCorrect(one.id)}
          />
        ))}
      </ul>
    </Section>
  );
}

/** What the unit says next, if anything. */
const nextOf = ({ status }: AssignmentView) =>
  status === "ended" ? undefined : allowedNext({ kind: "assist", status }).find((one) => one !== "acknowledged");

type LineProps = Pick<Props, "trip" | "mayDispatch"> & { one: AssignmentView; onCorrect: () => void };

function SupportLine({ trip, one, mayDispatch, onCorrect }: LineProps) {
  const { reportStatus, removeSupport } = useTripChanges();
  const { asking, error, ask } = useAsking<"report" | "release">();
  const asked = { tripId: trip.id, version: trip.version, assignmentId: one.id };
  const next = CREW_STATUSES.find((status) => status === nextOf(one));
  const word = one.status === "ended" ? "Ended" : tripMark(one.status).word;
  return (
    <li className="py-0.5">
      <div className="flex min-h-7 items-center gap-2">
        <span className="w-14 shrink-0 font-semibold">{one.callSign}</span>
        <span className="shrink-0 text-ink-2 text-table">{ROLE_WORDS[one.role]}</span>
        <span className="flex min-w-0 flex-1 items-center gap-1.5">
          <StatusBadge mark={one.status === "ended" ? "completed" : tripMark(one.status).mark} word={word} />
          {isSupporting(one) && <Elapsed since={sinceOf(one)} className="text-ink-3" />}
        </span>
        {mayDispatch && hasPress(one) && (
          <IconButton
            icon={Pencil}
            iconSize={12}
            size="sm"
            label={`Correct a press of ${one.callSign}`}
            onClick={onCorrect}
          />
        )}
        {mayDispatch && isSupporting(one) && (
          <>
            {next && (
              <Button
                size="sm"
                busy={asking === "report"}
                onClick={() => ask("report", () => reportStatus({ ...asked, status: next }))}
              >
                {tripMark(next).word}
              </Button>
            )}
            <Button
              size="sm"
              variant="ghost"
              busy={asking === "release"}
              onClick={() => ask("release", () => removeSupport(asked))}
            >
              Release {one.callSign}
            </Button>
          </>
        )}
      </div>
      {error !== null && (
        <p role="alert" className="text-danger text-table">
          {refusalText(error)}
        </p>
      )}
    </li>
  );
}

/** Being told is nobody's press. */
const hasPress = ({ times }: AssignmentView) => CREW_STATUSES.some((status) => times[CLOCK_OF[status]] !== null);

/** Since when it is in its status. */
function sinceOf({ times, assignedAt }: AssignmentView): Date {
  const clocks = CLOCKED_STATUSES.map((status) => times[CLOCK_OF[status]]);
  return clocks.findLast((at) => at !== null) ?? assignedAt;
}
