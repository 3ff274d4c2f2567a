"use client";

import { StatusMark } from "@/components/status/status-mark";
import type { MarkName } from "@/components/status/status-marks";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import type { OnDigits } from "./row-panel";
import { useTakesDigits } from "./use-digits";

/** One thing that can be chosen by its number; the usual one stands out. */
export type Choice<Id extends string> = { id: Id; word: string; mark?: MarkName; usual?: boolean };

type Props<Id extends string> = {
  choices: readonly Choice<Id>[];
  /** What the server is asked for now. */
  asking: Id | null;
  onChoose: (id: Id) => void;
};

/** Numbered buttons: a press chooses, and so does the number on the row above. */
export function DigitChoices<Id extends string>({ choices, asking, onChoose }: Props<Id>) {
  return (
    <div className="flex flex-wrap gap-1.5">
      {choices.map(({ id, word, mark, usual = false }, index) => (
        <Button
          key={id}
          size="sm"
          variant={usual ? "primary" : "secondary"}
          busy={asking === id}
          disabled={asking !== null}
          onClick={() => onChoose(id)}
        >
          {mark && <StatusMark mark={mark} size={12} />}
          {word} <Kbd keys={String(index + 1)} />
        </Button>
      ))}
    </div>
  );
}

/** Takes the digits of the row above for these choices. @returns the same for digits pressed inside the panel */
export function useDigitChoices<Id extends string>(
  onDigits: OnDigits,
  choices: readonly Choice<Id>[],
  onChoose: (id: Id) => void,
): (digit: number) => void {
  const onDigit = (digit: number) => {
    const choice = choices[digit - 1];
    if (choice) onChoose(choice.id);
  };
  useTakesDigits(onDigits, onDigit);
  return onDigit;
}
