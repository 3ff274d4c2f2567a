"use client";

import { Check } from "lucide-react";
import { useMemo, useState } from "react";
import { plural } from "@/components/lib/format";
import { useAgency } from "@/components/lib/viewer";
import { Button } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table/data-table";
import { Segmented } from "@/components/ui/segmented";
import { Tabs } from "@/components/ui/tabs";
import type { PlanDetail, PlanTripView, PlanUnitView } from "@/server/domain/plans/plan-view";
import { isUndecided } from "@/server/domain/plans/vocabulary";
import { LeftOut } from "./left-out";
import { tripColumns, unitColumns } from "./plan-columns";
import { notesIn, PlanNotes } from "./plan-notes";
import { Runs } from "./runs";
import type { Asked } from "./use-decide";

const tripId = (trip: PlanTripView) => trip.tripId;
const tripLabel = (trip: PlanTripView) => `Trip ${trip.tripNumber}`;
const unitId = ({ shiftId, extra }: PlanUnitView) => `${shiftId}+${extra}`;
const unitLabel = (unit: PlanUnitView) => unit.callSign;
/** Whether a plan does anything to a unit, or something happened to it since. */
const isChanged = ({ added, moved, removed, retimed, newBreaks, stale, before, after }: PlanUnitView) =>
  added + moved + removed + retimed + newBreaks + stale.length > 0 || before.cost !== after.cost;
const isOut = ({ change }: PlanTripView) => change === "unserved" || change === "removed";

type Props = {
  plan: PlanDetail;
  changed: PlanTripView[];
  isDeciding: boolean;
  onAsk: (asked: Asked) => void;
  /** The trip that stands beside the plan. */
  openTripId: string | null;
  onOpenTrip: (tripId: string) => void;
};

/** A plan from every side: by unit, by trip, what it leaves out, stop by stop, and what else there is to say. */
export function PlanTabs(props: Props) {
  const { plan, changed } = props;
  const tabs = [
    { value: "units", label: "Units", count: plan.units.length, content: <Units {...props} /> },
    { value: "trips", label: "Changed trips", count: changed.length, content: <Trips {...props} /> },
    {
      value: "out",
      label: "Left out",
      count: plan.trips.filter(isOut).length,
      content: <LeftOut trips={plan.trips} onOpen={props.onOpenTrip} />,
    },
    { value: "runs", label: "Runs", content: <Runs units={plan.units} /> },
    ...(notesIn(plan.findings) + plan.findings.reserve.length > 0
      ? [
          {
            value: "notes",
            label: "Notes",
            count: notesIn(plan.findings),
            content: <PlanNotes findings={plan.findings} />,
          },
        ]
      : []),
  ];
  return <Tabs className="min-w-0 flex-1" tabs={tabs} />;
}

const isOpen = (plan: PlanDetail) => isUndecided(plan.state) && plan.kind !== "what_if";

function Accept({ label, busy, onClick }: { label: string; busy: boolean; onClick: () => void }) {
  return (
    <Button size="sm" variant="primary" busy={busy} onClick={onClick}>
      <Check size={14} aria-hidden="true" /> {label}
    </Button>
  );
}

function Units({ plan, isDeciding, onAsk }: Props) {
  const { distanceUnit } = useAgency();
  const columns = useMemo(() => unitColumns(distanceUnit), [distanceUnit]);
  const touched = useMemo(() => plan.units.filter(isChanged), [plan.units]);
  const [which, setWhich] = useState<"changed" | "all">(touched.length > 0 ? "changed" : "all");
  const open = isOpen(plan);
  const ask = (rows: PlanUnitView[]) =>
    onAsk({
      chosen: { shiftIds: rows.map(({ shiftId }) => shiftId) },
      what: `the changes of ${rows.map(unitLabel).join(", ")}`,
    });
  return (
    <DataTable
      label="Units of the plan"
      columns={columns}
      rows={which === "changed" ? touched : plan.units}
      toolbar={
        <Segmented
          aria-label="Which units"
          value={which}
          onValueChange={setWhich}
          options={[
            { value: "changed", label: "Changed", count: touched.length },
            { value: "all", label: "All", count: plan.units.length },
          ]}
          className="h-7"
        />
      }
      rowId={unitId}
      rowLabel={unitLabel}
      selectable={open}
      selectionActions={(rows) => <Accept label="Accept these units" busy={isDeciding} onClick={() => ask(rows)} />}
      actions={
        open
          ? (unit) => [[{ id: "accept", label: `Accept ${unit.callSign}`, shortcut: "I", run: () => ask([unit]) }]]
          : undefined
      }
      defaultSort={{ id: "callSign" }}
      empty={{ title: which === "changed" ? "No unit is changed" : "No unit is in this plan" }}
    />
  );
}

function Trips({ plan, changed, isDeciding, onAsk, openTripId, onOpenTrip }: Props) {
  const { timeZone } = useAgency();
  const columns = useMemo(() => tripColumns(timeZone), [timeZone]);
  const open = isOpen(plan);
  const ask = (rows: PlanTripView[]) =>
    onAsk({ chosen: { tripIds: rows.map(tripId) }, what: plural(rows.length, "trip") });
  return (
    <DataTable
      label="Changed trips"
      columns={columns}
      rows={changed}
      rowId={tripId}
      rowLabel={tripLabel}
      openId={openTripId}
      onOpen={({ tripId }) => onOpenTrip(tripId)}
      selectable={open}
      selectionActions={(rows) => <Accept label="Accept these trips" busy={isDeciding} onClick={() => ask(rows)} />}
      actions={
        open
          ? (trip) => [
              [{ id: "accept", label: `Accept trip ${trip.tripNumber}`, shortcut: "I", run: () => ask([trip]) }],
            ]
          : undefined
      }
      rowTone={(trip) => (trip.decision === "open" ? undefined : "muted")}
      defaultSort={{ id: "pickup" }}
      empty={{ title: "Nothing changes", hint: "The manifests are as good as the planner can make them." }}
    />
  );
}
