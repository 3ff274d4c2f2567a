"use client";

import { useCallback } from "react";
import { useViewer } from "@/components/lib/viewer";
import { Skeleton } from "@/components/ui/skeleton";
import { DriveHeader } from "./drive-header";
import { keepPress } from "./press-queue";
import { RunScreen } from "./run-screen";
import { SignOnScreen } from "./sign-on-screen";
import { UnsentList } from "./unsent-list";
import { useDriveDb } from "./use-drive-db";
import { useGps } from "./use-gps";
import { useDelivery, useManifest } from "./use-manifest";
import { useSender } from "./use-sender";

/** The phone in the vehicle: today's run, one button for the next status, GPS; it goes on without signal. */
export function DriveApp() {
  const { userId } = useViewer();
  const db = useDriveDb();
  const { manifest, isOld, storedAt, refetch } = useManifest(db, userId);
  const refresh = useCallback(() => void refetch(), [refetch]);
  const reread = useCallback(async () => (await refetch()).isSuccess, [refetch]);
  const sender = useSender(db, userId, reread);
  const isOn = Boolean(manifest?.shift?.signedOnAt);
  const gps = useGps(db, userId, isOn, sender.flush);
  useDelivery(manifest);

  if (!manifest || !db) return <Loading failed={isOld} onRetry={refresh} />;
  return (
    <div className="mx-auto flex min-h-dvh max-w-140 flex-col bg-canvas text-touch">
      <DriveHeader
        manifest={manifest}
        gps={gps}
        sender={sender}
        isOld={isOld}
        storedAt={storedAt}
        onChanged={refresh}
      />
      <UnsentList db={db} sender={sender} />
      {isOn ? (
        <RunScreen
          manifest={manifest}
          presses={sender.presses}
          onChanged={refresh}
          onPress={async (press) => {
            await keepPress(db, { ...press, userId, clientEventId: crypto.randomUUID(), at: new Date().toISOString() });
            sender.flush();
          }}
        />
      ) : (
        <SignOnScreen manifest={manifest} onChanged={refresh} />
      )}
    </div>
  );
}

function Loading({ failed, onRetry }: { failed: boolean; onRetry: () => void }) {
  if (!failed) {
    return (
      <div className="mx-auto grid max-w-140 gap-3 p-4" aria-busy="true">
        <Skeleton className="h-14" />
        <Skeleton className="h-40" />
        <Skeleton className="h-16" />
      </div>
    );
  }
  return (
    <main className="mx-auto grid min-h-dvh max-w-140 place-content-center gap-4 p-6 text-center text-touch">
      <p>No connection, and nothing of today is kept on this phone yet.</p>
      <button
        type="button"
        onClick={onRetry}
        className="min-h-12 rounded-md bg-primary px-4 font-semibold text-on-primary"
      >
        Try again
      </button>
    </main>
  );
}
