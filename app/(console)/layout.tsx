import type { ReactNode } from "react";
import { ConsoleFrame } from "@/components/shell/console-frame";
import { requireConsole } from "@/server/auth/console";
import { viewerOf } from "@/server/auth/viewer";
import { env } from "@/server/env";

/** Signed-in people only; who may open which page, the pages and the API decide. */
export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const session = await requireConsole();
  const viewer = { ...viewerOf(session), mapStyleUrl: env().MAP_STYLE_URL };
  return (
    <ConsoleFrame viewer={viewer} initiallyLocked={session.locked} lockAfterS={session.agency.lockAfterS}>
      {children}
    </ConsoleFrame>
  );
}
