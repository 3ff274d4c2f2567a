import { useSyncExternalStore } from "react";
import { createStore } from "@/components/lib/store";

/** What was just asked for a trip: nothing is shown as done before the server says so. */
export type RowNote =
  | { phase: "sending"; words: string }
  /** `recallable`: its undo is a recall. */
  | { phase: "done"; words: string; at: Date; recallable: boolean };

const notes = createStore<ReadonlyMap<string, RowNote>>(new Map());
const none: ReadonlyMap<string, RowNote> = new Map();

/** How long "told 14:32:08" stays before the row only shows its status, in milliseconds. */
export const NOTE_STAYS_MS = 45_000;

export const setRowNote = (tripId: string, note: RowNote | null): void =>
  notes.set((now) => {
    const next = new Map(now);
    if (note) next.set(tripId, note);
    else next.delete(tripId);
    return next;
  });

export const useRowNote = (tripId: string): RowNote | undefined =>
  useSyncExternalStore(
    notes.subscribe,
    () => notes.get().get(tripId),
    () => none.get(tripId),
  );
