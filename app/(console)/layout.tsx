import type { ReactNode } from "react";
import { ConsoleFrame } from "@/components/shell/console-frame";
import { requireConsole } from "@/server/auth/console";
import { env } from "@/server/env";

/** Signed-in people only; who may open which page, the pages and the API decide. */
export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const { me, agency, locked } = await requireConsole();
  const { id, name, timeZone, distanceUnit, lockAfterS } = agency;
  const viewer = {
    userId: me.id,
    name: me.name,
    email: me.email,
    roles: me.roles,
    agency: { id, name, timeZone, distanceUnit },
    mapStyleUrl: env().MAP_STYLE_URL,
  };
  return (
    <ConsoleFrame viewer={viewer} initiallyLocked={locked} lockAfterS={lockAfterS}>
      {children}
    </ConsoleFrame>
  );
}
