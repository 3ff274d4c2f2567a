"use client";

import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { AwayCover } from "@/components/continuity/away-cover";
import { forgetKeptBoard, KeepBoard } from "@/components/continuity/keep-board";
import { NotedReports } from "@/components/continuity/noted-reports";
import { useServerAway } from "@/components/continuity/server-away";
import { LiveBell } from "@/components/exceptions/live-bell";
import { refusalText } from "@/components/lib/errors";
import { later, useEver } from "@/components/lib/later";
import { PrivacyProvider } from "@/components/lib/privacy";
import { RealtimeProvider, useConnectionState } from "@/components/lib/realtime";
import { useTRPC } from "@/components/lib/trpc";
import { ServerClock, useBoardFeed } from "@/components/lib/use-board";
import { type Viewer, ViewerProvider } from "@/components/lib/viewer";
import { signOutOfConsole } from "@/components/people/auth-calls";
import { useConsoleLock } from "@/components/people/use-console-lock";
import { toastError } from "@/components/ui/toast";
import { AppShell } from "./app-shell";

const IdleLock = later(() => import("./idle-lock").then((part) => part.IdleLock));

type Props = { viewer: Viewer; initiallyLocked: boolean; lockAfterS: number; children: ReactNode };

const signOut = () => {
  forgetKeptBoard()
    .then(signOutOfConsole)
    .catch((error: unknown) => toastError("Signing out failed", refusalText(error)));
};

/** The console around a page: who looks, the live feed, the lock, the shell. */
export function ConsoleFrame({ viewer, initiallyLocked, lockAfterS, children }: Props) {
  // Nobody could unlock it while the server is away, and the kept board is what is left then.
  const isAway = useServerAway() !== null;
  const { locked, lock, resume } = useConsoleLock(initiallyLocked, isAway ? 0 : lockAfterS);
  const dispatches = viewer.roles.some((role) => role === "admin" || role === "dispatcher");
  const shell = { onLock: lock, onSignOut: signOut };
  return (
    <ViewerProvider viewer={viewer}>
      <PrivacyProvider locked={locked}>
        {dispatches ? <LiveShell {...shell}>{children}</LiveShell> : <AppShell {...shell}>{children}</AppShell>}
        {useEver(locked) && <IdleLock locked={locked} onResume={resume} onSignOut={signOut} />}
      </PrivacyProvider>
    </ViewerProvider>
  );
}

type ShellProps = { onLock: () => void; onSignOut: () => void; children: ReactNode };

/** The shell of those who dispatch: connected, with the bell. */
function LiveShell(props: ShellProps) {
  const trpc = useTRPC();
  const settings = useQuery(
    trpc.realtime.settings.queryOptions(undefined, { staleTime: 5 * 60_000, refetchInterval: 5 * 60_000 }),
  );
  return (
    <RealtimeProvider settings={settings.data}>
      <FeedShell {...props} />
    </RealtimeProvider>
  );
}

function FeedShell({ children, ...shell }: ShellProps) {
  useBoardFeed();
  return (
    <AppShell {...shell} connection={useConnectionState()} bell={<LiveBell />} notice={<NotedReports />}>
      <ServerClock />
      <KeepBoard />
      <AwayCover>{children}</AwayCover>
    </AppShell>
  );
}
