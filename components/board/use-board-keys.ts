import { useCommands } from "@/components/lib/commands";
import { useShortcuts } from "@/components/lib/keys";
import type { BoardTrip } from "@/server/domain/trips/board-view";
import { COUNT_WORDS, COUNTS, type CountName } from "./split-trips";

/** The row of the first of these lists that had the focus last, or the list's first. */
export function focusableRow(...labels: readonly string[]): HTMLElement | null {
  const rows = labels.map((label) => `[role=grid][aria-label="${label}"] [role=row][tabindex="0"]`);
  return document.querySelector<HTMLElement>(rows.join());
}
export const focusList = (...labels: readonly string[]): void => focusableRow(...labels)?.focus();

const ROW_KEYS = [
  ["d", "Ranked units, then 1 to 5 sends"],
  ["r", "Reserve a unit"],
  ["z", "Recall the unit"],
  ["s", "Report a status, or change a unit's state"],
  ["a", "What to look at: acknowledge, snooze"],
  ["y", "Will-call rider is ready"],
  ["e", "Edit"],
  ["x", "Cancel with a reason"],
  ["m", "Show the unit on the map"],
  ["enter", "Open beside the board; again to go there"],
  ["space", "Select; Shift and arrows select several"],
  ["b", "What to do with the selected rows"],
  ["l", "Let in the rows that wait"],
  ["esc", "Close what is open; drafts stay"],
] as const;

type Options = {
  trips: readonly BoardTrip[];
  onOpen: (tripId: string) => void;
  onCount: (count: CountName | null) => void;
};

/** The keys of the board for the list of keys, and its commands for the palette. */
export function useBoardKeys({ trips, onOpen, onCount }: Options) {
  useShortcuts([
    {
      id: "board.q",
      keys: "q",
      label: "Go to the unassigned trips",
      group: "Board",
      run: () => focusList("Unassigned trips"),
    },
    {
      id: "board.w",
      keys: "w",
      label: "Go to the assigned trips",
      group: "Board",
      run: () => focusList("Assigned trips", "Closed trips"),
    },
    { id: "board.u", keys: "u", label: "Go to the units", group: "Board", run: () => focusList("Units") },
    ...ROW_KEYS.map(([keys, label]) => ({ id: `row.${keys}`, keys, label, group: "On the focused row" })),
  ]);
  useCommands([
    ...COUNTS.map((count) => ({
      id: `board.count.${count}`,
      group: "Board",
      label: `Show only: ${COUNT_WORDS[count].toLowerCase()}`,
      run: () => onCount(count),
    })),
    { id: "board.count.all", group: "Board", label: "Show all trips", run: () => onCount(null) },
    // Numbers only: the palette is read over shoulders.
    ...trips.map((trip) => ({
      id: `board.trip.${trip.id}`,
      group: "Trips",
      label: `Trip ${trip.number}`,
      words: trip.unit ? [trip.unit.callSign] : [],
      run: () => onOpen(trip.id),
    })),
  ]);
}
