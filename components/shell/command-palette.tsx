"use client";

import { setPaletteOpen, usePaletteOpen } from "@/components/lib/commands";
import { useShortcuts } from "@/components/lib/keys";
import { later, useEver } from "@/components/lib/later";

const PaletteDialog = later(() => import("./palette-dialog").then((part) => part.PaletteDialog));

/** Everything by name: Ctrl-K or `/`. Pages add their own commands while they are open. */
export function CommandPalette() {
  const open = usePaletteOpen();
  const show = () => setPaletteOpen(true);
  useShortcuts([
    { id: "palette", keys: "mod+k", label: "Find a command", group: "Everywhere", run: show },
    { id: "palette-slash", keys: "/", label: "Find a command", group: "Everywhere", run: show },
  ]);
  return useEver(open) && <PaletteDialog open={open} />;
}
