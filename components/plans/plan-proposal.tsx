"use client";

import { Check, X } from "lucide-react";
import { useMemo, useState } from "react";
import { DockArea } from "@/components/board/dock-area";
import { useOpenTrip } from "@/components/board/use-open-trip";
import { plural } from "@/components/lib/format";
import { useShortcuts } from "@/components/lib/keys";
import { LaterTripPanel } from "@/components/trips/later-trip-panel";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Kbd } from "@/components/ui/kbd";
import type { PlanDetail, PlanTripView } from "@/server/domain/plans/plan-view";
import { isUndecided } from "@/server/domain/plans/vocabulary";
import { PlanTotals } from "./plan-figures";
import { PlanTabs } from "./plan-tabs";
import { type Asked, useDecide } from "./use-decide";

const isChanged = ({ change }: PlanTripView) => change !== "kept" && change !== "unserved";

/** What a plan would change, per unit and trip, and the decision on all, some or none of it. */
export function PlanProposal({ plan }: { plan: PlanDetail }) {
  const decide = useDecide(plan.id);
  const [asked, setAsked] = useState<Asked>(null);
  const [isDeclining, setIsDeclining] = useState(false);
  const trip = useOpenTrip();
  const changed = useMemo(() => plan.trips.filter(isChanged), [plan.trips]);
  const left = changed.filter(({ decision }) => decision === "open");
  const losing = left.filter(({ change }) => change === "removed").length;
  const stale = plan.units.filter((unit) => unit.stale.length > 0).length + left.filter((trip) => trip.stale).length;
  // Of a unit that a trip joins or leaves the break comes with the trip: it is no change of its own.
  const busy = new Set(left.flatMap(({ from, to }) => [from?.shiftId, to?.shiftId]));
  const resting = plan.units.filter((unit) => unit.newBreaks > 0 && !busy.has(unit.shiftId));
  const changes = left.length + resting.length;
  const askAll = () => setAsked({ chosen: {}, what: plural(changes, "change") });
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <Decision
        plan={plan}
        left={changes}
        isDeciding={decide.isDeciding}
        onAccept={askAll}
        onDecline={() => setIsDeclining(true)}
      />
      <Warnings plan={plan} stale={stale} decide={decide} />
      <PlanTotals plan={plan} />
      <div className="relative flex min-h-0 flex-1">
        <PlanTabs
          plan={plan}
          changed={changed}
          isDeciding={decide.isDeciding}
          onAsk={setAsked}
          openTripId={trip.tripId}
          onOpenTrip={trip.openTrip}
        />
        <Beside trip={trip} />
      </div>
      <ConfirmDialog
        open={asked !== null}
        onOpenChange={(isOpen) => !isOpen && setAsked(null)}
        title={`Accept ${asked?.what ?? ""}?`}
        action="Accept"
        busy={decide.isDeciding}
        onConfirm={() => asked && decide.accept(asked.chosen, stale > 0, () => setAsked(null))}
      >
        The units get these trips reserved, and their breaks, in the planned order. Crews are not told before you
        dispatch.
        {losing > 0 && ` ${plural(losing, "trip")} of the plan would lose the unit that is held now.`}
        {stale > 0 && " What changed since is left out."}
      </ConfirmDialog>
      <Declining open={isDeclining} onOpenChange={setIsDeclining} plan={plan} decide={decide} />
    </div>
  );
}

type DecliningProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  plan: PlanDetail;
  decide: ReturnType<typeof useDecide>;
};

/** Asks before a proposal is put away for good: it took its search, and perhaps a long look. */
function Declining({ open, onOpenChange, plan, decide }: DecliningProps) {
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={plan.state === "partly_applied" ? "Decline the rest of the plan?" : "Decline the plan?"}
      action="Decline"
      busy={decide.isDeciding}
      onConfirm={() => decide.decline(() => onOpenChange(false))}
    >
      Its trips stay as they are, and it cannot be accepted any more.
    </ConfirmDialog>
  );
}

type WarningsProps = { plan: PlanDetail; stale: number; decide: ReturnType<typeof useDecide> };

/** What has to be known before deciding, and what became of the last decision. */
function Warnings({ plan, stale, decide }: WarningsProps) {
  return (
    <>
      {plan.kind === "what_if" && (
        <Banner>
          A question: {questionOf(plan)}. It is never carried out. Figures, units and trips are set against the plan
          found without it.
        </Banner>
      )}
      {stale > 0 && (
        <Banner tone="caution">
          {plural(stale, "part")} changed since the day was read. Accept the rest, or plan again.
        </Banner>
      )}
      {decide.refused.length > 0 && (
        <Banner
          tone="danger"
          action={
            <Button size="sm" onClick={decide.forget}>
              Read
            </Button>
          }
        >
          Not carried out: {decide.refused.join(". ")}
        </Banner>
      )}
    </>
  );
}

/** The trip that was opened in the plan. */
function Beside({ trip: { tripId, ask, setAsk, openTrip } }: { trip: ReturnType<typeof useOpenTrip> }) {
  if (!tripId) return null;
  return (
    <DockArea>
      <LaterTripPanel key={tripId} tripId={tripId} ask={ask} onAsk={setAsk} onClose={() => openTrip(null)} />
    </DockArea>
  );
}

/** What a question assumes, in words. */
function questionOf({ whatIf, units }: PlanDetail): string {
  const callSign = (shiftId: string) => units.find((unit) => unit.shiftId === shiftId)?.callSign ?? "?";
  const said = [
    whatIf?.extraUnitsLike &&
      `${plural(whatIf.extraUnitsLike.count, "more unit")} like ${callSign(whatIf.extraUnitsLike.shiftId)}`,
    whatIf?.widenWindowsMin && `windows wider by ${whatIf.widenWindowsMin} min`,
    whatIf?.moveStart && `${callSign(whatIf.moveStart.shiftId)} starts ${shiftedText(whatIf.moveStart.minutes)}`,
  ];
  return said.filter(Boolean).join(", ");
}

const shiftedText = (minutes: number) => `${Math.abs(minutes)} min ${minutes < 0 ? "earlier" : "later"}`;

type DecisionProps = {
  plan: PlanDetail;
  left: number;
  isDeciding: boolean;
  onAccept: () => void;
  onDecline: () => void;
};

function Decision({ plan, left, isDeciding, onAccept, onDecline }: DecisionProps) {
  const open = isUndecided(plan.state) && plan.kind !== "what_if";
  useShortcuts(
    open
      ? [
          ...(left > 0
            ? [{ id: "plan.accept", keys: "a", label: "Accept the plan", group: "Plan", run: onAccept }]
            : []),
          { id: "plan.decline", keys: "x", label: "Decline the plan", group: "Plan", run: onDecline },
        ]
      : [],
  );
  if (!open) return null;
  return (
    <div className="flex min-h-bar shrink-0 flex-wrap items-center gap-2 border-line border-b bg-panel px-3 py-1">
      <span className="text-ink-2">
        {left === 0 ? "Nothing to accept." : `${plural(left, "change")} to decide. Select rows to accept some.`}
      </span>
      <Button size="sm" className="ml-auto" disabled={isDeciding} onClick={onDecline}>
        <X size={14} aria-hidden="true" /> Decline {plan.state === "partly_applied" && "the rest"} <Kbd keys="X" />
      </Button>
      {left > 0 && (
        <Button size="sm" variant="primary" disabled={isDeciding} onClick={onAccept}>
          <Check size={14} aria-hidden="true" /> Accept all <Kbd keys="A" />
        </Button>
      )}
    </div>
  );
}
