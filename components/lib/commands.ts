import type { LucideIcon } from "lucide-react";
import { useEffect, useEffectEvent, useSyncExternalStore } from "react";
import { createStore } from "./store";

/** Something the palette can do. A page registers its own while it is open. */
export type Command = {
  id: string;
  label: string;
  /** Heading in the palette: "Go to", "Trips", "Units". */
  group: string;
  run: () => void;
  icon?: LucideIcon;
  /** Shown at the end of the line. */
  keys?: string;
  /** Other words that find it. */
  words?: readonly string[];
};

const registered = createStore<readonly Command[]>([]);

/** Offers commands in the palette while the component is mounted. */
export function useCommands(commands: readonly Command[]) {
  const run = useEffectEvent((id: string) => commands.find((one) => one.id === id)?.run());
  const current = useEffectEvent(() => commands);
  const signature = commands.map(({ id, label, group }) => `${group}/${id}/${label}`).join("\n");
  // oxlint-disable-next-line react/exhaustive-deps -- the signature stands for the list, whose functions are new on every render
  useEffect(() => {
    const own = current().map((command): Command => ({ ...command, run: () => run(command.id) }));
    registered.set((now) => [...now, ...own]);
    return () => registered.set((now) => now.filter((one) => !own.includes(one)));
  }, [signature]);
}

const none: readonly Command[] = [];
export const useRegisteredCommands = (): readonly Command[] =>
  useSyncExternalStore(registered.subscribe, registered.get, () => none);

const open = createStore(false);
export const usePaletteOpen = (): boolean => useSyncExternalStore(open.subscribe, open.get, () => false);
export const setPaletteOpen = open.set;
