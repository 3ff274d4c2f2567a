import { useCommands } from "@/components/lib/commands";
import { useShortcuts } from "@/components/lib/keys";
import { startDraft } from "./drafts";

/** `N` and the palette start a booking on every page that has the dock. */
export function useBookingKeys() {
  const start = () => startDraft();
  useShortcuts([{ id: "booking.new", keys: "n", label: "New trip", group: "Trips", run: start }]);
  useCommands([
    { id: "booking.new", label: "New trip", group: "Trips", keys: "N", words: ["book", "call"], run: start },
  ]);
}
