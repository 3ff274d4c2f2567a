"use client";

import { useMemo } from "react";
import { Combobox } from "@/components/ui/combobox";
import { Field } from "@/components/ui/field";
import { Segmented } from "@/components/ui/segmented";
import type { AssignmentMode } from "@/server/domain/trips/vocabulary";
import type { UnitRow } from "./unit-rows";

const MODES = [
  { value: "reserve", label: "Reserve" },
  { value: "stack", label: "Queue" },
  { value: "dispatch", label: "Dispatch" },
] as const;

type Props = {
  units: readonly UnitRow[];
  unit: UnitRow | null;
  onUnit: (unit: UnitRow | null) => void;
  mode: AssignmentMode;
  onMode: (mode: AssignmentMode) => void;
};

/** Which unit gets the trips, free ones first, and whether it is told now. */
export function UnitChoice({ units, unit, onUnit, mode, onMode }: Props) {
  const freeFirst = useMemo(
    () => units.toSorted((a, b) => Number(isFree(b)) - Number(isFree(a)) || a.callSign.localeCompare(b.callSign)),
    [units],
  );
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_auto] items-end gap-2">
      <Field label="Unit">
        {(control) => (
          <Combobox<UnitRow>
            id={control.id}
            items={freeFirst}
            value={unit}
            onValueChange={onUnit}
            itemKey={(one) => one.shiftId}
            itemText={(one) => one.callSign}
            itemHint={(one) => (one.held.length > 0 ? `${one.word}, ${one.held.length} held` : one.word)}
          />
        )}
      </Field>
      <Segmented aria-label="How" value={mode} onValueChange={onMode} options={MODES} />
    </div>
  );
}

const isFree = ({ availability }: UnitRow) => availability === "ONLINE";
