"use client";

import { Dialog } from "@base-ui/react/dialog";
import { Command as Cmdk } from "cmdk";
import { Search } from "lucide-react";
import { type Command, setPaletteOpen, useRegisteredCommands } from "@/components/lib/commands";
import { groupBy } from "@/components/lib/group-by";
import { Kbd } from "@/components/ui/kbd";

/** Every word typed must begin a word of the command; those whose name begins with it come first. */
function matchCommand(_id: string, typed: string, names: string[] = []): number {
  const words = names
    .join(" ")
    .toLowerCase()
    .split(/[\s-]+/);
  const wanted = typed.toLowerCase().trim().split(/\s+/);
  if (!wanted.every((part) => words.some((word) => word.startsWith(part)))) return 0;
  return names[0]?.toLowerCase().startsWith(wanted[0] ?? "") ? 1 : 0.5;
}

/** Every command by name, found by typing. */
export function PaletteDialog({ open }: { open: boolean }) {
  const commands = useRegisteredCommands();
  return (
    <Dialog.Root open={open} onOpenChange={setPaletteOpen}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-scrim" />
        <Dialog.Popup className="popup fixed top-[12vh] left-1/2 z-50 flex max-h-[60vh] w-[calc(100vw-24px)] max-w-140 -translate-x-1/2 flex-col overflow-hidden">
          <Dialog.Title className="sr-only">Commands</Dialog.Title>
          <Cmdk label="Commands" loop filter={matchCommand} className="flex min-h-0 flex-col">
            <div className="flex items-center gap-2 border-line border-b px-3">
              <Search size={16} aria-hidden="true" className="text-ink-3" />
              <Cmdk.Input
                placeholder="Type a command, a page, a unit"
                className="h-11 flex-1 bg-transparent text-title outline-none"
              />
              <Kbd keys="Esc" />
            </div>
            <Cmdk.List className="min-h-0 flex-1 overflow-y-auto p-1">
              <Cmdk.Empty className="px-3 py-6 text-center text-ink-2">Nothing by that name</Cmdk.Empty>
              {[...groupBy(commands, (command) => command.group)].map(([group, members]) => (
                <Cmdk.Group
                  key={group}
                  heading={group}
                  className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-ink-3 [&_[cmdk-group-heading]]:text-label"
                >
                  {members.map((command) => (
                    <PaletteItem key={command.id} command={command} />
                  ))}
                </Cmdk.Group>
              ))}
            </Cmdk.List>
          </Cmdk>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function PaletteItem({ command }: { command: Command }) {
  const { id, label, icon: Icon, keys, words } = command;
  return (
    <Cmdk.Item
      value={id}
      keywords={[label, ...(words ?? [])]}
      onSelect={() => {
        setPaletteOpen(false);
        command.run();
      }}
      className="menu-item"
    >
      {Icon ? <Icon size={15} aria-hidden="true" className="text-ink-3" /> : <span className="w-3.5" />}
      <span className="flex-1 truncate">{label}</span>
      {keys && <Kbd keys={keys} />}
    </Cmdk.Item>
  );
}
