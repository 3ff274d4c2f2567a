"use client";

import { groupBy } from "@/components/lib/group-by";
import {
  keysForEyes,
  type Shortcut,
  setKeysEnabled,
  useKeysEnabled,
  useRegisteredShortcuts,
} from "@/components/lib/keys";
import { Dialog } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";
import { Switch } from "@/components/ui/switch";

const ALWAYS: Shortcut[] = [
  { id: "list-arrows", keys: "↑", label: "Move between rows; ↓, Page, Home and End too", group: "Lists" },
  { id: "list-enter", keys: "enter", label: "Open the row", group: "Lists" },
  { id: "list-space", keys: "space", label: "Select the row", group: "Lists" },
  { id: "list-menu", keys: "menu", label: "Actions of the row (or right click)", group: "Lists" },
  { id: "submit", keys: "mod+enter", label: "Submit the form", group: "Forms" },
  { id: "close", keys: "esc", label: "Close; a draft is kept", group: "Forms" },
];

/** `?`: every key that works on this page, and the switch that turns letters off. */
export function KeysDialog({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const enabled = useKeysEnabled();
  const registered = useRegisteredShortcuts();
  const byId = new Map([...registered, ...ALWAYS].map((one) => [one.id, one]));
  const groups = groupBy(byId.values(), ({ group }) => group);
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Keys"
      description="Letters act on the focused row, never while you type."
      className="max-w-160"
    >
      <div className="gap-8 sm:columns-2">
        {[...groups].map(([group, shortcuts]) => (
          <section key={group} className="mb-4 break-inside-avoid">
            <h3 className="mb-1 text-ink-3 text-label">{group}</h3>
            <dl>
              {shortcuts.map(({ id, keys, label }) => (
                <div key={id} className="flex min-h-7 items-center justify-between gap-4">
                  <dt>{label}</dt>
                  <dd>
                    <Kbd keys={keysForEyes(keys)} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <div className="border-line border-t pt-3">
        <Switch checked={enabled} onCheckedChange={setKeysEnabled} label="Single-letter keys" className="w-full" />
      </div>
    </Dialog>
  );
}
