import { type KeyboardEvent, useState } from "react";
import { keysEnabled } from "@/components/lib/keys";
import { seenRow } from "@/components/trips/seen-trip";
import type { BoardTrip } from "@/server/domain/trips/board-view";
import { digitOf, type RowPanel, type RowPanelKind } from "./row-panel";
import { useDigits } from "./use-digits";

/** What is open under one row of a list, and the keys of that row meanwhile: digits choose, Esc closes. */
export function useRowPanel() {
  const [panel, setPanel] = useState<RowPanel | null>(null);
  const { onDigits, pressDigit } = useDigits();
  const open = (kind: RowPanelKind, trip: BoardTrip, error?: unknown) => setPanel({ kind, asOf: seenRow(trip), error });
  const close = () => setPanel(null);
  const onRowKey = (row: BoardTrip, event: KeyboardEvent): boolean => {
    // Only the row it stands under: a digit on another row must never send a unit to this one.
    if (!panel || panel.asOf.id !== row.id || event.ctrlKey || event.metaKey || event.altKey) return false;
    if (event.key === "Escape") {
      close();
      return true;
    }
    const digit = digitOf(event.key);
    return digit !== null && keysEnabled() && pressDigit(digit);
  };
  return { panel, onDigits, open, close, onRowKey };
}
