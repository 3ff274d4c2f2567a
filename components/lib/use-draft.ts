import { useSyncExternalStore } from "react";
import { createStore } from "@/components/lib/store";

/** What was typed and not sent yet, by key. In this tab's memory only: it may hold patient data. */
const drafts = createStore<ReadonlyMap<string, unknown>>(new Map());
const nothing: ReadonlyMap<string, unknown> = new Map();

export const keepDraft = (key: string, value: unknown): void => drafts.set((now) => new Map(now).set(key, value));
export const dropDraft = (key: string): void =>
  drafts.set((now) => {
    const next = new Map(now);
    next.delete(key);
    return next;
  });

/** State that outlives closing: Esc puts a form away, and it opens as it was left. */
export function useDraft<Value>(key: string, initial: Value): [Value, (value: Value) => void, () => void] {
  const kept = useSyncExternalStore(
    drafts.subscribe,
    () => drafts.get().get(key),
    () => nothing.get(key),
  );
  // Only this hook writes under this key, with values of this type.
  const value = kept === undefined ? initial : (kept as Value);
  return [value, (next) => keepDraft(key, next), () => dropDraft(key)];
}
