import { useRef, useState } from "react";
import { refusalText } from "@/components/lib/errors";
import type { BoardTrip } from "@/server/domain/trips/board-view";

/** How it went for one trip. */
export type BulkResult = { phase: "waiting" | "asking" | "done" } | { phase: "refused"; why: string };

/** Does the same to several trips, one after the other, and tells honestly how each of them went. */
export function useBulk(trips: readonly BoardTrip[]) {
  const [results, setResults] = useState<ReadonlyMap<string, BulkResult>>(new Map());
  const [isRunning, setRunning] = useState(false);
  const stopped = useRef(false);
  const note = (id: string, result: BulkResult) => setResults((now) => new Map(now).set(id, result));
  const run = async (work: (trip: BoardTrip) => Promise<unknown>) => {
    const open = trips.filter(({ id }) => results.get(id)?.phase !== "done");
    stopped.current = false;
    setRunning(true);
    for (const { id } of open) note(id, { phase: "waiting" });
    for (const trip of open) {
      if (stopped.current) break;
      note(trip.id, { phase: "asking" });
      try {
        await work(trip);
        note(trip.id, { phase: "done" });
      } catch (error) {
        note(trip.id, { phase: "refused", why: refusalText(error) });
      }
    }
    setRunning(false);
  };
  const count = (phase: BulkResult["phase"]) => [...results.values()].filter((one) => one.phase === phase).length;
  return {
    results,
    isRunning,
    done: count("done"),
    refused: count("refused"),
    start: (work: (trip: BoardTrip) => Promise<unknown>) => void run(work),
    stop: () => {
      stopped.current = true;
    },
  };
}
