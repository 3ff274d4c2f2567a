import { useSyncExternalStore } from "react";

/** Tailwind's `max-md`: a phone, or a window of a quarter of the screen. */
const NARROW = "(max-width: 767.98px)";

function subscribe(changed: () => void) {
  const narrow = window.matchMedia(NARROW);
  narrow.addEventListener("change", changed);
  return () => narrow.removeEventListener("change", changed);
}

/** Is there room for one thing only? For what CSS cannot decide: what is mounted at all. */
export const useNarrow = (): boolean =>
  useSyncExternalStore(
    subscribe,
    () => window.matchMedia(NARROW).matches,
    () => false,
  );
