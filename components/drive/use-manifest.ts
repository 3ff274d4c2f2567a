import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { useTRPC, useTRPCClient } from "@/components/lib/trpc";
import type { DriveDb } from "./drive-db";
import { type KeptManifest, keepManifest, type Manifest, readKeptManifest } from "./kept-manifest";
import { ownRun } from "./own-part";

/** A crew must see a new call at once, although its phone listens to no agency channel. */
const REFETCH_MS = 8_000;

/** Today's run: from the server while it is reached, else as this phone last saw it. */
export function useManifest(db: DriveDb | null, userId: string) {
  const trpc = useTRPC();
  const query = useQuery(
    trpc.drive.manifest.queryOptions(undefined, {
      refetchInterval: REFETCH_MS,
      refetchOnWindowFocus: "always",
      networkMode: "always",
      retry: false,
    }),
  );
  const [kept, setKept] = useState<KeptManifest | null>(null);
  useEffect(() => {
    if (!db) return;
    void readKeptManifest(db, userId, new Date()).then(setKept);
  }, [db, userId]);
  useEffect(() => {
    if (!db || !query.data) return;
    void keepManifest(db, userId, query.data, new Date());
  }, [db, userId, query.data]);
  const read = query.data ?? kept?.manifest ?? null;
  const manifest = useMemo(() => read && ownRun(read), [read]);
  return {
    manifest,
    isOld: query.isError,
    storedAt: query.data ? null : (kept?.storedAt ?? null),
    refetch: query.refetch,
  };
}

/** Tells dispatch that a call is on the phone, and that somebody looked at it; once each. */
export function useDelivery(manifest: Manifest | null) {
  const client = useTRPCClient();
  const [told] = useState(() => new Set<string>());
  useEffect(() => {
    const tell = () => {
      for (const trip of manifest?.trips ?? []) {
        const { assignment } = trip;
        if (assignment?.status !== "dispatched") continue;
        for (const step of document.visibilityState === "visible"
          ? (["on_phone", "seen"] as const)
          : (["on_phone"] as const)) {
          const key = `${assignment.id} ${step}`;
          if (told.has(key)) continue;
          told.add(key);
          client.trips.acknowledgeDelivery.mutate({ tripId: trip.id, step }).catch(() => told.delete(key));
        }
      }
    };
    tell();
    document.addEventListener("visibilitychange", tell);
    return () => document.removeEventListener("visibilitychange", tell);
  }, [client, manifest, told]);
}
