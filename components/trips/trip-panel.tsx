"use client";

import { useEffect, useRef, useState } from "react";
import { CancelPanel } from "@/components/board/cancel-panel";
import { StatusPanel } from "@/components/board/status-panel";
import { UnitsPanel } from "@/components/board/units-panel";
import { chosenDigit, useDigits } from "@/components/board/use-digits";
import { useMay } from "@/components/fleet/use-may";
import { AttachForm } from "@/components/incidents/attach-form";
import { IncidentSection } from "@/components/incidents/incident-section";
import { OpenIncidentForm } from "@/components/incidents/open-incident-form";
import { refusalText } from "@/components/lib/errors";
import { Button } from "@/components/ui/button";
import { DockedPanel, focusPanelAround, mayTakeFocus } from "@/components/ui/docked-panel";
import { EmptyState } from "@/components/ui/empty-state";
import { Skeleton } from "@/components/ui/skeleton";
import { Tabs } from "@/components/ui/tabs";
import type { TripEventView } from "@/server/domain/trips/board-view";
import type { TripView } from "@/server/domain/trips/trip-view";
import { CorrectForm } from "./correct-form";
import { DeliveryLadder } from "./delivery-ladder";
import { DivertForm } from "./divert-form";
import { EditForm } from "./edit-form";
import { AssignmentHistory, EventList } from "./history";
import { OutcomeForm } from "./outcome-form";
import { PanelActions, type PanelAsk } from "./panel-actions";
import { ReadyForm } from "./ready-form";
import { type SeenTrip, seenTrip } from "./seen-trip";
import { SupportForm } from "./support-form";
import { SupportList } from "./support-list";
import { TimesLadder } from "./times-ladder";
import { TripFacts } from "./trip-facts";
import { TripHeadline } from "./trip-headline";
import { UnitStops } from "./unit-stops";
import { useTrip } from "./use-trip";

type Props = { tripId: string; ask: PanelAsk | null; onAsk: (ask: PanelAsk | null) => void; onClose: () => void };

/** One trip beside the work: what it is, its clocks, how far the call got, who had it, and what can be done. */
export function TripPanel({ tripId, ask, onAsk, onClose }: Props) {
  const { trip, events, error, retry } = useTrip(tripId);
  const mayDispatch = useMay("trips.dispatch");
  const asked = useRef<HTMLDivElement>(null);
  const closeAsked = () => {
    if (asked.current?.contains(document.activeElement)) focusPanelAround(asked.current);
    onAsk(null);
  };
  if (!trip)
    return (
      <DockedPanel title="Trip" onClose={onClose}>
        {error ? (
          <EmptyState title="This trip can't be shown" action={<Button onClick={() => void retry()}>Try again</Button>}>
            {refusalText(error)}
          </EmptyState>
        ) : (
          <Skeleton className="m-3 w-2/3" />
        )}
      </DockedPanel>
    );
  return (
    <DockedPanel
      title={trip.number}
      meta={trip.externalRef ?? undefined}
      actions={mayDispatch && <PanelActions trip={trip} onAsk={onAsk} />}
      onClose={onClose}
    >
      <div className="@container flex min-h-full flex-col">
        <TripHeadline trip={trip} />
        {ask && (
          <div ref={asked}>
            <Asked trip={trip} ask={ask} onClose={closeAsked} />
          </div>
        )}
        <PanelTabs trip={trip} events={events} onAsk={onAsk} />
      </div>
    </DockedPanel>
  );
}

type TabsProps = { trip: TripView; events: TripEventView[] | undefined; onAsk: Props["onAsk"] };

function PanelTabs({ trip, events, onAsk }: TabsProps) {
  const mayDispatch = useMay("trips.dispatch");
  const mayCorrect = useMay("trips.correct");
  const mayIncident = useMay("incidents.read");
  return (
    <Tabs
      className="flex-1"
      tabs={[
        {
          value: "trip",
          label: "Trip",
          content: (
            <>
              {trip.status === "dispatched" && <DeliveryLadder trip={trip} />}
              <SupportList
                trip={trip}
                mayDispatch={mayDispatch}
                onAdd={() => onAsk({ kind: "support" })}
                onCorrect={(assignmentId) => onAsk({ kind: "correct", event: "", assignmentId })}
              />
              {mayIncident && trip.incidentId && (
                <IncidentSection incidentId={trip.incidentId} tripId={trip.id} mayChange={mayDispatch} />
              )}
              <TripFacts trip={trip} />
            </>
          ),
        },
        ...(mayDispatch && trip.assignment?.current
          ? [
              {
                value: "stops",
                label: "Stops",
                content: <UnitStops shiftId={trip.assignment.shiftId} tripId={trip.id} />,
              },
            ]
          : []),
        {
          value: "times",
          label: "Times",
          content: (
            <>
              <TimesLadder
                trip={trip}
                onCorrect={mayCorrect ? (event) => onAsk({ kind: "correct", event }) : undefined}
              />
              <DeliveryLadder trip={trip} />
              <AssignmentHistory trip={trip} />
            </>
          ),
        },
        { value: "events", label: "Events", count: events?.length, content: <EventList events={events} /> },
      ]}
    />
  );
}

type AskedProps = { trip: TripView; ask: PanelAsk; onClose: () => void };

/** The form of what was asked for. What sends units is asked of the trip as it was when it was asked. */
function Asked({ trip, ask, onClose }: AskedProps) {
  if (ask.kind === "edit") return <EditForm trip={trip} onClose={onClose} />;
  if (ask.kind === "divert") return <DivertForm trip={trip} onClose={onClose} />;
  if (ask.kind === "outcome") return <OutcomeForm trip={trip} onClose={onClose} />;
  if (ask.kind === "ready") return <ReadyForm trip={trip} onClose={onClose} />;
  if (ask.kind === "support") return <SupportForm trip={trip} onClose={onClose} />;
  if (ask.kind === "incident") return <OpenIncidentForm trip={trip} onClose={onClose} />;
  if (ask.kind === "attach") return <AttachForm trip={trip} onClose={onClose} />;
  if (ask.kind === "correct")
    return <CorrectForm key={ask.assignmentId ?? ask.event} trip={trip} {...ask} onClose={onClose} />;
  return <AskedOfSeen key={ask.kind} trip={trip} kind={ask.kind} onClose={onClose} />;
}

function AskedOfSeen({
  trip,
  kind,
  onClose,
}: {
  trip: TripView;
  kind: "units" | "status" | "cancel";
  onClose: () => void;
}) {
  const [asOf, setAsOf] = useState<SeenTrip>(() => seenTrip(trip));
  const { onDigits, pressDigit } = useDigits();
  const area = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The field of a cancellation takes the focus itself.
    if (kind !== "cancel" && mayTakeFocus(area.current)) area.current?.focus({ preventScroll: true });
  }, [kind]);
  const shared = {
    asOf,
    onClose,
    onDone: onClose,
    onRenew: () => setAsOf(seenTrip(trip)),
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- Esc and digits bubble up from the controls inside
    <div
      ref={area}
      tabIndex={-1}
      className="border-line border-b bg-sunken shadow-[inset_2px_0_0_var(--accent)] outline-none"
      onKeyDown={(event) => {
        if (event.defaultPrevented) return;
        const digit = chosenDigit(event);
        if (digit !== null && pressDigit(digit)) event.preventDefault();
        if (event.key !== "Escape") return;
        event.preventDefault();
        event.stopPropagation();
        onClose();
      }}
    >
      {kind === "units" && <UnitsPanel key={asOf.version} {...shared} onDigits={onDigits} reserve={false} />}
      {kind === "status" && <StatusPanel key={asOf.version} {...shared} onDigits={onDigits} />}
      {kind === "cancel" && <CancelPanel key={asOf.version} {...shared} />}
    </div>
  );
}
