import type { BaseUIEvent } from "@base-ui/react/types";
import { type KeyboardEvent, useEffect, useEffectEvent, useState } from "react";

type KeyPress = BaseUIEvent<KeyboardEvent<HTMLInputElement>>;
type Options = {
  /** The list that stands there answers an older text than the one that is typed. */
  behind: boolean;
  /** Given: an Enter pressed meanwhile is kept, and this is done when the list has caught up. */
  onCaughtUp?: () => void;
};

/**
 * The keys of a field whose list a server fills. While the list is behind what is typed, its lines are another question's
 * answer: neither Enter nor an arrow reaches them. An Enter at an open list answers the list and never sends a form.
 */
export function useBehindList({ behind, onCaughtUp }: Options) {
  const [pressed, setPressed] = useState<"enter" | "arrow" | null>(null);
  const caughtUp = useEffectEvent(() => {
    if (pressed === "enter") onCaughtUp?.();
  });
  useEffect(() => {
    if (!behind) caughtUp();
  }, [behind]);

  const onKeyDown = (event: KeyPress) => {
    const isEnter = event.key === "Enter";
    if (!isEnter && event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const isOpen = event.currentTarget.getAttribute("aria-expanded") === "true";
    if (!isOpen || event.nativeEvent.isComposing || hasModifier(event)) return;
    if (isEnter) event.preventDefault();
    if (!behind) return;
    event.preventDefault();
    event.preventBaseUIHandler();
    // Who moved in the old list meant one of its lines: no line of the new one is taken for them.
    setPressed((before) => (isEnter && before === null ? "enter" : "arrow"));
  };
  /** What was pressed counts no more: the text changed, the list was put away, the field was left. */
  const forget = () => setPressed(null);
  return { willTake: behind && onCaughtUp !== undefined && pressed === "enter", onKeyDown, forget };
}

const hasModifier = ({ ctrlKey, shiftKey, altKey, metaKey }: KeyPress) => ctrlKey || shiftKey || altKey || metaKey;
