"use client";

import { useEffect, useState } from "react";
import { toastError } from "@/components/ui/toast";
import type { RunLine } from "@/server/domain/runsheets/run-sheet";
import type { CrewStatus } from "@/server/domain/trips/vocabulary";
import { type KeptDb, type Noted, openKeptDb } from "./kept-db";
import { readNoted } from "./noted";

/** Opens this browser's storage for one piece of work. */
export async function withKeptDb<T>(work: (db: KeptDb) => Promise<T>): Promise<T> {
  const db = await openKeptDb();
  return work(db).finally(() => db.close());
}

/** What this person has noted of trips while the server is away, and how to note more. Null: nobody is known. */
export function useNoted(userId: string | null) {
  const [noted, setNoted] = useState<readonly Noted[]>([]);
  useEffect(() => {
    if (userId === null) return;
    // Without storage nothing can have been noted.
    withKeptDb((db) => readNoted(db, userId)).then(setNoted, () => undefined);
  }, [userId]);
  const note = (line: RunLine, status: CrewStatus) => {
    if (userId === null) return;
    const { tripId, number } = line;
    const at = new Date().toISOString();
    const one: Noted = { clientEventId: crypto.randomUUID(), userId, tripId, number, status, at, refused: null };
    withKeptDb((db) => db.put("noted", one)).then(
      () => setNoted((before) => [...before, one]),
      () => toastError("Not noted", "This browser keeps nothing: write it down."),
    );
  };
  return { noted, note };
}
