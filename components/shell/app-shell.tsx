"use client";

import { type ReactNode, useMemo } from "react";
import { useViewer } from "@/components/lib/viewer";
import { Banner } from "@/components/ui/banner";
import { ConnectionDot, type ConnectionState } from "@/components/ui/connection-dot";
import { ShellClock } from "./clock";
import { CommandPalette } from "./command-palette";
import { KeysHelp } from "./keys-help";
import { navFor } from "./nav";
import { Rail } from "./rail";
import { useShellCommands } from "./use-shell-commands";
import { UserMenu } from "./user-menu";

type Props = {
  /** Missing for those who follow no live feed. */
  connection?: ConnectionState;
  /** The bell with its exceptions. */
  bell?: ReactNode;
  /** What holds for the whole console until it is dealt with. */
  notice?: ReactNode;
  onLock?: () => void;
  onSignOut: () => void;
  children: ReactNode;
};

/** Rail, palette, keys, and at the end of each page's bar: bell, connection, clock, account. */
export function AppShell({ connection, bell, notice, onLock, onSignOut, children }: Props) {
  const { roles } = useViewer();
  const items = useMemo(() => navFor(roles), [roles]);
  useShellCommands(items, { onLock, onSignOut });
  return (
    <div className="flex h-dvh w-full overflow-hidden [--shell-status-width:284px] max-sm:[--shell-status-width:128px]">
      <a
        href="#page"
        className="absolute top-1 left-1 z-50 -translate-y-20 rounded-md bg-accent px-3 py-1.5 text-on-accent focus:translate-y-0"
      >
        Skip to the page
      </a>
      <Rail items={items.filter(({ unrailed }) => !unrailed)} />
      <div className="relative flex min-w-0 flex-1 flex-col">
        {connection === "unavailable" && (
          <Banner tone="danger">
            The live feed is out. The board is read every few seconds instead; units on the map stand where they were.
          </Banner>
        )}
        {notice}
        <div className="relative flex min-h-0 flex-1 flex-col">
          <main id="page" tabIndex={-1} className="flex min-h-0 flex-1 flex-col outline-none">
            {children}
          </main>
          <aside
            aria-label="Console status"
            className="absolute top-0 right-0 z-20 flex h-bar items-center justify-end gap-2 pr-2.5"
          >
            {bell}
            {connection && <ConnectionDot state={connection} />}
            <ShellClock />
            <UserMenu onLock={onLock} onSignOut={onSignOut} />
          </aside>
        </div>
      </div>
      <CommandPalette />
      <KeysHelp />
    </div>
  );
}
