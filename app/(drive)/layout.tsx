import type { ReactNode } from "react";
import { OfflinePage } from "@/components/drive/offline-page";
import { ViewerProvider } from "@/components/lib/viewer";
import { requireConsole } from "@/server/auth/console";

/** The phone pages: signed in, without the console's shell. */
export default async function DriveLayout({ children }: { children: ReactNode }) {
  const { me, agency } = await requireConsole();
  const { id, name, timeZone, distanceUnit } = agency;
  const viewer = {
    userId: me.id,
    name: me.name,
    email: me.email,
    roles: me.roles,
    agency: { id, name, timeZone, distanceUnit },
  };
  return (
    <ViewerProvider viewer={viewer}>
      <OfflinePage />
      {children}
    </ViewerProvider>
  );
}
