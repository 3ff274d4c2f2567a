import type { SeenTrip } from "@/components/trips/seen-trip";

/** What may be open under a row. */
export type RowPanelKind = "units" | "reserve" | "status" | "cancel" | "flags" | "refused";
/** `asOf`: the trip as the dispatcher saw it on opening; what is asked is asked of that version. */
export type RowPanel = { kind: RowPanelKind; asOf: SeenTrip; error?: unknown };

/** Gets the digit keys of the focused row while a list of choices is open; null when it closes. */
export type OnDigits = (press: ((digit: number) => void) | null) => void;

/** The digit of a key press, 1 to 9; null for other keys. */
export const digitOf = (key: string): number | null => (/^[1-9]$/.test(key) ? Number(key) : null);
