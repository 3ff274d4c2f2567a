"use client";

import { useState } from "react";
import { plural } from "@/components/lib/format";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { BoardTrip } from "@/server/domain/trips/board-view";
import type { AssignmentMode } from "@/server/domain/trips/vocabulary";
import { BulkLine } from "./bulk-line";
import { BULK_WORDS, type BulkKind } from "./bulk-words";
import { UnitChoice } from "./unit-choice";
import type { UnitRow } from "./unit-rows";
import { focusableRow } from "./use-board-keys";
import { useBulk } from "./use-bulk";
import { useTripActions } from "./use-trip-actions";

type Props = {
  kind: BulkKind;
  /** As they were when they were selected. */
  trips: readonly BoardTrip[];
  units: readonly UnitRow[];
  /** `done`: ids of the trips it was done for. */
  onClose: (done: readonly string[]) => void;
  /** The list they were selected in: the focus goes back to it. */
  list: string;
};

const ASKS: Record<BulkKind, (count: string, unit: UnitRow | null, mode: AssignmentMode) => string> = {
  assign: (count, unit, mode) =>
    `${mode === "dispatch" ? "Dispatch" : mode === "stack" ? "Queue" : "Reserve"} ${unit ? unit.callSign : "a unit"} for ${count}`,
  unassign: (count) => `Take the units off ${count}`,
  cancel: (count) => `Cancel ${count}`,
};

/** The same for several trips; each line says how it went for that trip. What was refused can be tried again. */
export function BulkDialog({ kind, trips, units, onClose, list }: Props) {
  const bulk = useBulk(trips);
  const { reason, setReason, needsReason, asksReason, unit, setUnit, mode, setMode, ready, work } = useWork(
    kind,
    trips,
  );
  const close = () => onClose(trips.filter(({ id }) => bulk.results.get(id)?.phase === "done").map(({ id }) => id));
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && !bulk.isRunning && close()}
      title={`${BULK_WORDS[kind]}: ${plural(trips.length, "trip")}`}
      description={progressOf(bulk.done, bulk.refused, trips.length)}
      finalFocus={() => focusableRow(list)}
      className="max-w-170"
      footer={
        <>
          <Button onClick={bulk.isRunning ? bulk.stop : close}>{bulk.isRunning ? "Stop" : "Close"}</Button>
          {bulk.done < trips.length && (
            <Button
              variant={kind === "cancel" ? "danger" : "primary"}
              busy={bulk.isRunning}
              disabled={!ready}
              onClick={() => bulk.start(work)}
            >
              {bulk.refused > 0 ? "Try the rest again" : ASKS[kind](plural(trips.length, "trip"), unit, mode)}
            </Button>
          )}
        </>
      }
    >
      <div className="flex flex-col gap-3">
        {kind === "assign" && <UnitChoice units={units} unit={unit} onUnit={setUnit} mode={mode} onMode={setMode} />}
        {asksReason && (
          <Field label="Reason" optional={!needsReason}>
            {(control) => (
              <Input {...control} value={reason} onValueChange={setReason} maxLength={500} autoComplete="off" />
            )}
          </Field>
        )}
        <ul aria-label="How it went" className="flex flex-col">
          {trips.map((trip) => (
            <BulkLine key={trip.id} trip={trip} result={bulk.results.get(trip.id)} />
          ))}
        </ul>
      </div>
    </Dialog>
  );
}

const progressOf = (done: number, refused: number, all: number): string =>
  done + refused === 0
    ? "One after the other; each line tells how it went."
    : `${done} of ${all} done${refused > 0 ? `, ${refused} refused` : ""}`;

/** What is filled in, and what it makes of one trip. */
function useWork(kind: BulkKind, trips: readonly BoardTrip[]) {
  const actions = useTripActions();
  const [reason, setReason] = useState("");
  const [unit, setUnit] = useState<UnitRow | null>(null);
  const [mode, setMode] = useState<AssignmentMode>("reserve");
  const takesOver = kind === "assign" && trips.some((trip) => trip.unit !== null);
  const needsReason = kind === "cancel" || takesOver;
  const work = (trip: BoardTrip): Promise<unknown> => {
    const why = reason.trim();
    if (kind === "cancel") return actions.cancel(trip, why);
    if (kind === "unassign") return actions.unassign(trip, why || undefined);
    if (!unit) return Promise.resolve();
    const isOther = trip.unit !== null && trip.unit.shiftId !== unit.shiftId;
    return isOther ? actions.swap(trip, unit, why) : actions.send(trip, unit, { mode });
  };
  return {
    reason,
    setReason,
    needsReason,
    asksReason: needsReason || kind === "unassign",
    unit,
    setUnit,
    mode,
    setMode,
    ready: (!needsReason || reason.trim() !== "") && (kind !== "assign" || unit !== null),
    work,
  };
}
