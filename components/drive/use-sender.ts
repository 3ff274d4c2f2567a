import { useCallback, useEffect, useRef, useState } from "react";
import { useTRPCClient } from "@/components/lib/trpc";
import type { DriveDb, Press } from "./drive-db";
import { countFixes, sendFixes } from "./fix-queue";
import { listPresses, sendPresses } from "./press-queue";
import { outcomeOf, postFixes } from "./send";

const RETRY_MS = 15_000;
/** How often a press is tried that waits: phones do not always say that the network is back. */
const PRESS_RETRY_MS = 3_000;
export type Sender = {
  /** What this person pressed and the run does not show yet: unsent presses, and sent ones until the run was read again. */
  presses: Press[];
  /** Presses that the server does not have. */
  unsent: Press[];
  waitingFixes: number;
  /** Whether the last try reached the server. */
  reached: boolean;
  /** Sends what waits, now. */
  flush: () => void;
};

/**
 * Sends presses in order and fixes in batches: after each press, when the network returns, and every 15 s; every 3 s
 * while a press waits.
 * @param reread - reads the run again; tells whether that worked
 */
export function useSender(db: DriveDb | null, userId: string, reread: () => Promise<boolean>): Sender {
  const client = useTRPCClient();
  const [unsent, setUnsent] = useState<Press[]>([]);
  const [sent, setSent] = useState<Press[]>([]);
  const [waitingFixes, setWaitingFixes] = useState(0);
  const [reached, setReached] = useState(true);
  const isRunOld = useRef(false);
  const sendPress = useCallback(
    async (press: Press) => {
      const { tripId, status, at, clientEventId, proof } = press;
      const result = await outcomeOf(() =>
        client.trips.reportStatus.mutate({ tripId, status, at: new Date(at), clientEventId, ...proof }),
      );
      if (result.kind === "sent") {
        isRunOld.current = true;
        setSent((now) => [...now, press]);
      }
      return result;
    },
    [client],
  );

  const sendAll = useCallback(
    async (open: DriveDb) => {
      const pressesOut = await sendPresses(open, userId, sendPress);
      setUnsent(await listPresses(open, userId));
      // Until the run shows them, sent presses count: else the button would fall back for a moment, under the thumb.
      if (isRunOld.current && (await reread())) {
        isRunOld.current = false;
        setSent([]);
      }
      const fixesOut = await sendFixes(open, userId, async (batch) =>
        postFixes(await tokenOf(open, userId, client), batch),
      );
      if (fixesOut === "bad_token") await open.delete("tokens", userId);
      setWaitingFixes(await countFixes(open));
      setReached(pressesOut && fixesOut !== "unreachable");
    },
    [client, reread, sendPress, userId],
  );

  const attempt = useCallback(async () => {
    // A phone without signal can't get a device token either: the fixes wait.
    if (db) await sendAll(db).catch(() => setReached(false));
  }, [db, sendAll]);
  const send = useOneAtATime(attempt);
  const flush = useCallback(() => {
    // A press shows at once, also while an earlier one is on its way.
    if (db) void listPresses(db, userId).then(setUnsent);
    send();
  }, [db, send, userId]);

  useRetries(flush);
  usePressRetries(flush, unsent.length > 0);
  return { presses: [...sent, ...unsent], unsent, waitingFixes, reached, flush };
}

/** Runs one at a time; asked for while it runs, it runs once more. */
function useOneAtATime(work: () => Promise<void>): () => void {
  const running = useRef<{ again: boolean } | null>(null);
  return useCallback(() => {
    if (running.current) {
      running.current.again = true;
      return;
    }
    const run = async () => {
      const mine = { again: true };
      running.current = mine;
      while (mine.again) {
        mine.again = false;
        await work();
      }
      running.current = null;
    };
    void run();
  }, [work]);
}

/** At once, every 15 s, when the network returns and when somebody looks at the phone. */
function useRetries(flush: () => void) {
  useEffect(() => {
    flush();
    const timer = setInterval(flush, RETRY_MS);
    window.addEventListener("online", flush);
    document.addEventListener("visibilitychange", flush);
    return () => {
      clearInterval(timer);
      window.removeEventListener("online", flush);
      document.removeEventListener("visibilitychange", flush);
    };
  }, [flush]);
}

function usePressRetries(flush: () => void, isWaiting: boolean) {
  useEffect(() => {
    if (!isWaiting) return;
    const timer = setInterval(flush, PRESS_RETRY_MS);
    return () => clearInterval(timer);
  }, [flush, isWaiting]);
}

/** This phone's device token, asked for when there is none yet. */
async function tokenOf(db: DriveDb, userId: string, client: ReturnType<typeof useTRPCClient>): Promise<string> {
  const kept = await db.get("tokens", userId);
  if (kept) return kept.token;
  const made = await client.devices.pairOwnPhone.mutate();
  await db.put("tokens", { userId, ...made });
  return made.token;
}
