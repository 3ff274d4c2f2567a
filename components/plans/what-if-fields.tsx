"use client";

import { useBoard } from "@/components/lib/use-board";
import { Checkbox } from "@/components/ui/checkbox";
import { Combobox } from "@/components/ui/combobox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { BoardUnit } from "@/server/domain/trips/board-view";

export type Question = { isAsked: boolean; like: BoardUnit | null; widerMinutes: string };
export const NO_QUESTION: Question = { isAsked: false, like: null, widerMinutes: "" };

/** The question as the planner takes it; null = none, undefined = not to be understood. */
export function whatIfOf({ isAsked, like, widerMinutes }: Question) {
  if (!isAsked) return null;
  const wider = widerMinutes.trim() === "" ? 0 : Number(widerMinutes);
  if (!(wider >= 0 && wider <= 240) || (wider === 0 && like === null)) return undefined;
  return {
    ...(like && { extraUnitsLike: { shiftId: like.shiftId, count: 1 } }),
    ...(wider > 0 && { widenWindowsMin: wider }),
  };
}

type Props = { question: Question; onChange: (question: Question) => void; isInvalid: boolean };

/** What would a plan be if there were another unit, or if windows were wider? The answer is never carried out. */
export function WhatIfFields({ question, onChange, isInvalid }: Props) {
  const { isAsked, like, widerMinutes } = question;
  const board = useBoard();
  return (
    <>
      <Checkbox
        checked={isAsked}
        onCheckedChange={(checked) => onChange({ ...question, isAsked: checked })}
        label="Only a question: what if"
      />
      {isAsked && (
        <>
          <Field label="There were one more unit like" optional>
            {(control) => (
              <Combobox<BoardUnit>
                id={control.id}
                items={board.data?.units ?? []}
                value={like}
                onValueChange={(unit) => onChange({ ...question, like: unit })}
                itemKey={(unit) => unit.shiftId}
                itemText={(unit) => unit.callSign}
              />
            )}
          </Field>
          <Field
            label="Windows were wider by, minutes"
            optional
            error={isInvalid ? "A unit, or 1 to 240 minutes" : undefined}
          >
            {(control) => (
              <Input
                {...control}
                inputMode="numeric"
                autoComplete="off"
                value={widerMinutes}
                onValueChange={(text) => onChange({ ...question, widerMinutes: text })}
              />
            )}
          </Field>
        </>
      )}
    </>
  );
}
