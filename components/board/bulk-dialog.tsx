"use client";

import { Check, CircleDashed, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { plural } from "@/components/lib/format";
import { Button } from "@/components/ui/button";
import { Combobox } from "@/components/ui/combobox";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Segmented } from "@/components/ui/segmented";
import type { BoardTrip } from "@/server/domain/trips/board-view";
import type { AssignmentMode } from "@/server/domain/trips/vocabulary";
import type { UnitRow } from "./unit-rows";
import { type BulkResult, useBulk } from "./use-bulk";
import { useTripActions } from "./use-trip-actions";

export type BulkKind = "assign" | "unassign" | "cancel";
export const BULK_WORDS: Record<BulkKind, string> = {
  assign: "Give to a unit",
  unassign: "Take the units off",
  cancel: "Cancel",
};

type Props = {
  kind: BulkKind;
  /** As they were when they were selected. */
  trips: readonly BoardTrip[];
  units: readonly UnitRow[];
  onClose: () => void;
};
const MODES = [
  { value: "reserve", label: "Reserve" },
  { value: "stack", label: "Queue" },
  { value: "dispatch", label: "Dispatch" },
] as const;

/** The same for several trips; each line says how it went for that trip. What was refused can be tried again. */
export function BulkDialog({ kind, trips, units, onClose }: Props) {
  const actions = useTripActions();
  const bulk = useBulk(trips);
  const [reason, setReason] = useState("");
  const [unit, setUnit] = useState<UnitRow | null>(null);
  const [mode, setMode] = useState<AssignmentMode>("reserve");
  const takesOver = kind === "assign" && trips.some((trip) => trip.unit !== null);
  const needsReason = kind === "cancel" || takesOver;
  const ready = (!needsReason || reason.trim() !== "") && (kind !== "assign" || unit !== null);
  const work = (trip: BoardTrip): Promise<unknown> => {
    const why = reason.trim();
    if (kind === "cancel") return actions.cancel(trip, why);
    if (kind === "unassign") return actions.unassign(trip, why || undefined);
    if (!unit) return Promise.resolve();
    const isOther = trip.unit !== null && trip.unit.shiftId !== unit.shiftId;
    return isOther ? actions.swap(trip, unit, why) : actions.send(trip, unit, { mode });
  };
  const finished = bulk.done === trips.length;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && !bulk.isRunning && onClose()}
      title={`${BULK_WORDS[kind]}: ${plural(trips.length, "trip")}`}
      description={
        bulk.done + bulk.refused > 0
          ? `${bulk.done} of ${trips.length} done${bulk.refused > 0 ? `, ${bulk.refused} refused` : ""}`
          : "One after the other; each line tells how it went."
      }
      footer={
        <>
          <Button onClick={bulk.isRunning ? bulk.stop : onClose}>{bulk.isRunning ? "Stop" : "Close"}</Button>
          {!finished && (
            <Button
              variant={kind === "cancel" ? "danger" : "primary"}
              busy={bulk.isRunning}
              disabled={!ready}
              onClick={() => bulk.start(work)}
            >
              {bulk.refused > 0 ? "Try the rest again" : BULK_WORDS[kind]}
            </Button>
          )}
        </>
      }
    >
      <div className="flex flex-col gap-3">
        {kind === "assign" && <UnitChoice units={units} unit={unit} onUnit={setUnit} mode={mode} onMode={setMode} />}
        <Field label="Reason" optional={!needsReason}>
          {(control) => (
            <Input {...control} value={reason} onValueChange={setReason} maxLength={500} autoComplete="off" />
          )}
        </Field>
        <ul aria-label="How it went" className="flex flex-col">
          {trips.map((trip) => (
            <ResultLine key={trip.id} trip={trip} result={bulk.results.get(trip.id)} />
          ))}
        </ul>
      </div>
    </Dialog>
  );
}

type ChoiceProps = {
  units: readonly UnitRow[];
  unit: UnitRow | null;
  onUnit: (unit: UnitRow | null) => void;
  mode: AssignmentMode;
  onMode: (mode: AssignmentMode) => void;
};

function UnitChoice({ units, unit, onUnit, mode, onMode }: ChoiceProps) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_auto] items-end gap-2">
      <Field label="Unit">
        {(control) => (
          <Combobox<UnitRow>
            id={control.id}
            items={units}
            value={unit}
            onValueChange={onUnit}
            itemKey={(one) => one.shiftId}
            itemText={(one) => one.callSign}
            itemHint={(one) => one.word}
          />
        )}
      </Field>
      <Segmented aria-label="How" value={mode} onValueChange={onMode} options={MODES} />
    </div>
  );
}

function ResultLine({ trip, result }: { trip: BoardTrip; result: BulkResult | undefined }) {
  return (
    <li className="flex min-h-7 items-center gap-2 border-line border-b text-table last:border-b-0">
      <span className="w-16 shrink-0 font-medium">{trip.number}</span>
      <span className="w-14 shrink-0 text-ink-2">{trip.unit?.callSign ?? "no unit"}</span>
      {!result && <span className="text-ink-3">as it is</span>}
      {result?.phase === "waiting" && <span className="text-ink-3">waiting</span>}
      {result?.phase === "asking" && (
        <span className="flex items-center gap-1 text-accent">
          <CircleDashed size={12} aria-hidden="true" /> asking
        </span>
      )}
      {result?.phase === "done" && (
        <span className="flex items-center gap-1 text-good">
          <Check size={12} aria-hidden="true" /> done
        </span>
      )}
      {result?.phase === "refused" && (
        <span role="alert" className="flex min-w-0 items-center gap-1 text-danger">
          <TriangleAlert size={12} aria-hidden="true" className="shrink-0" /> {result.why}
        </span>
      )}
    </li>
  );
}
