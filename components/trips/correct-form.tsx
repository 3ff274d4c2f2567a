"use client";

import { useState } from "react";
import { formatTimeS } from "@/components/lib/format";
import { useAsking } from "@/components/lib/use-asking";
import { useDraft } from "@/components/lib/use-draft";
import { useAgency } from "@/components/lib/viewer";
import { tripMark } from "@/components/status/status-marks";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Segmented } from "@/components/ui/segmented";
import { Select } from "@/components/ui/select";
import { TimeField } from "@/components/ui/time-field";
import { CLOCK_OF, CLOCKED_STATUSES, type ClockedStatus } from "@/server/domain/trips/clocks";
import type { AssignmentView, TripView } from "@/server/domain/trips/trip-view";
import { PanelForm } from "./panel-form";
import { CLOCK_WORDS } from "./trip-words";
import { useTripChanges } from "./use-trip-changes";
import { factsOfTrip } from "./what-changed";

/** `assignmentId` is a supporting unit's; without it the press is of the unit that has the trip. */
type Props = { trip: TripView; event: string; assignmentId?: string | undefined; onClose: () => void };
const HOW = [
  { value: "retime", label: "Another time" },
  { value: "retract", label: "Take it back" },
] as const;

const isClocked = (event: string): event is ClockedStatus => CLOCKED_STATUSES.some((status) => status === event);
const clockOf = (event: string) => (isClocked(event) ? CLOCK_OF[event] : null);

/** Which presses may be corrected: the clocks, and a closing that a crew reported. */
function pressesOf(trip: TripView, support: AssignmentView | undefined) {
  const { times } = support ?? trip;
  const clocked = CLOCKED_STATUSES.filter((status) => times[CLOCK_OF[status]] !== null).map((status) => ({
    value: status as string,
    label: CLOCK_WORDS[CLOCK_OF[status]],
  }));
  const closing =
    !support && (trip.status === "no_show" || trip.status === "not_transported")
      ? [{ value: trip.status as string, label: tripMark(trip.status).word }]
      : [];
  return [...closing, ...clocked.toReversed()];
}

/** A wrong press gets its right time, or is taken back. The old value stays in the events. */
export function CorrectForm({ trip, event: asked, assignmentId, onClose }: Props) {
  const { timeZone } = useAgency();
  const { correct } = useTripChanges();
  const { asking, error, ask } = useAsking();
  const support = trip.assignments.find(({ id }) => id === assignmentId);
  const presses = pressesOf(trip, support);
  const [event, setEvent] = useState(presses.some(({ value }) => value === asked) ? asked : (presses[0]?.value ?? ""));
  const [how, setHow] = useState<"retime" | "retract">("retime");
  const [at, setAt] = useState<Date | null>(null);
  const [reason, setReason, dropReason] = useDraft(`${trip.id} correct ${assignmentId ?? ""}`, "");
  const clock = clockOf(event);
  const was = clock ? (support ?? trip).times[clock] : null;
  const effective = clock === null ? "retract" : clock === "dispatchedAt" ? "retime" : how;
  const submit = () =>
    ask("asking", async () => {
      await correct({
        tripId: trip.id,
        version: trip.version,
        event,
        ...(assignmentId && { assignmentId }),
        at: effective === "retime" ? at : null,
        reason: reason.trim(),
      });
      dropReason();
      onClose();
    });
  return (
    <PanelForm
      title={support ? `Correct a press of ${support.callSign}` : "Correct a press"}
      action={effective === "retime" ? "Correct the time" : "Take it back"}
      onSubmit={submit}
      onClose={onClose}
      busy={asking !== null}
      disabled={reason.trim() === "" || (effective === "retime" && at === null)}
      error={error}
      before={(show) => factsOfTrip(trip, show)}
    >
      <div className="grid grid-cols-2 gap-2">
        <Field label="Press" hint={was ? `was ${formatTimeS(was, timeZone)}` : undefined}>
          {(control) => <Select {...control} value={event} onValueChange={setEvent} options={presses} />}
        </Field>
        {effective === "retime" && (
          <Field label="Right time">
            {(control) => <TimeField {...control} value={at} onValueChange={setAt} nowOnEnter={false} />}
          </Field>
        )}
      </div>
      {clock !== null && clock !== "dispatchedAt" && (
        <Segmented aria-label="How" value={how} onValueChange={setHow} options={HOW} />
      )}
      <Field label="Reason">
        {(control) => (
          <Input {...control} value={reason} onValueChange={setReason} maxLength={500} autoComplete="off" />
        )}
      </Field>
    </PanelForm>
  );
}
