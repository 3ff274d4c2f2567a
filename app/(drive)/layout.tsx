import type { ReactNode } from "react";
import { OfflinePage } from "@/components/drive/offline-page";
import { ViewerProvider } from "@/components/lib/viewer";
import { requireConsole } from "@/server/auth/console";
import { viewerOf } from "@/server/auth/viewer";

/** The phone pages: signed in, without the console's shell. */
export default async function DriveLayout({ children }: { children: ReactNode }) {
  const session = await requireConsole();
  return (
    <ViewerProvider viewer={viewerOf(session)}>
      <OfflinePage />
      {children}
    </ViewerProvider>
  );
}
