"use client";

import { useBoard } from "@/components/lib/use-board";
import { Checkbox } from "@/components/ui/checkbox";
import { Combobox } from "@/components/ui/combobox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { BoardUnit } from "@/server/domain/trips/board-view";
import type { Question } from "./what-if";

type Props = { question: Question; onChange: (question: Question) => void; error: string | undefined };

/** What would a plan be if there were another unit, other windows, another start? The answer is never carried out. */
export function WhatIfFields({ question, onChange, error }: Props) {
  const set = (part: Partial<Question>) => onChange({ ...question, ...part });
  return (
    <>
      <Checkbox
        checked={question.isAsked}
        onCheckedChange={(isAsked) => set({ isAsked })}
        label="Only a question: what if"
      />
      {question.isAsked && (
        <>
          <UnitField
            label="There were one more unit like"
            value={question.like}
            onChange={(like) => set({ like })}
            error={error}
          />
          <MinutesField
            label="Windows were wider by, minutes"
            hint="Up to 240"
            value={question.widerMinutes}
            onChange={(widerMinutes) => set({ widerMinutes })}
          />
          <div className="grid grid-cols-2 gap-3">
            <UnitField label="This unit started" value={question.mover} onChange={(mover) => set({ mover })} />
            <MinutesField
              label="later by, minutes"
              hint="-30 is half an hour earlier"
              value={question.moveMinutes}
              onChange={(moveMinutes) => set({ moveMinutes })}
            />
          </div>
        </>
      )}
    </>
  );
}

type UnitProps = {
  label: string;
  value: BoardUnit | null;
  onChange: (unit: BoardUnit | null) => void;
  error?: string | undefined;
};

function UnitField({ label, value, onChange, error }: UnitProps) {
  const board = useBoard();
  return (
    <Field label={label} optional error={error}>
      {({ "aria-invalid": invalid, ...control }) => (
        <Combobox<BoardUnit>
          {...control}
          invalid={invalid}
          items={board.data?.units ?? []}
          value={value}
          onValueChange={onChange}
          itemKey={(unit) => unit.shiftId}
          itemText={(unit) => unit.callSign}
          placeholder="Call sign"
        />
      )}
    </Field>
  );
}

type MinutesProps = { label: string; hint: string; value: string; onChange: (text: string) => void };

function MinutesField({ label, hint, value, onChange }: MinutesProps) {
  return (
    <Field label={label} optional hint={hint}>
      {(control) => (
        <Input {...control} inputMode="numeric" autoComplete="off" value={value} onValueChange={onChange} />
      )}
    </Field>
  );
}
