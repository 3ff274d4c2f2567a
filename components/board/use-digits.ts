import { type KeyboardEvent, useEffect, useEffectEvent, useRef } from "react";
import { isTyping } from "@/components/lib/keys";
import { useStable } from "@/components/lib/use-stable";
import { digitOf, type OnDigits } from "./row-panel";

/** The digit that was pressed to choose something: alone, and not in a field. */
export function chosenDigit({ key, ctrlKey, metaKey, altKey, target }: KeyboardEvent): number | null {
  return ctrlKey || metaKey || altKey || isTyping(target) ? null : digitOf(key);
}

/** Hands the digit keys of a focused row to the choices that are open under it. */
export function useDigits() {
  const press = useRef<((digit: number) => void) | null>(null);
  return useStable({
    onDigits: (next: ((digit: number) => void) | null) => {
      press.current = next;
    },
    /** True when something took it. */
    pressDigit: (digit: number): boolean => {
      press.current?.(digit);
      return press.current !== null;
    },
  });
}

/** Takes the digits of the row above while these choices are shown. */
export function useTakesDigits(onDigits: OnDigits, choose: (digit: number) => void) {
  const newest = useEffectEvent(choose);
  useEffect(() => {
    onDigits((digit) => newest(digit));
    return () => onDigits(null);
  }, [onDigits]);
}
