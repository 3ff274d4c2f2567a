"use client";

import { useEffect, useState } from "react";
import { refusalOf, refusalText } from "@/components/lib/errors";
import { formatTime } from "@/components/lib/format";
import { useTRPCClient } from "@/components/lib/trpc";
import { useRereadBoard } from "@/components/lib/use-reread-board";
import { useViewer } from "@/components/lib/viewer";
import { tripMark } from "@/components/status/status-marks";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { toastError } from "@/components/ui/toast";
import type { Noted } from "./kept-db";
import { enterNoted, readNoted } from "./noted";
import { useServerAway } from "./server-away";
import { withKeptDb } from "./use-noted";

/** What was noted while the server was away, until it is entered with its true times or dismissed. */
export function NotedReports() {
  const { agency } = useViewer();
  const { waiting, busy, enter, dismiss } = useNotedReports();
  const [first] = waiting;
  if (!first) return null;
  const refused = waiting.filter((one) => one.refused !== null);
  return (
    <Banner
      tone="caution"
      action={
        refused.length === waiting.length ? (
          <Button size="sm" onClick={() => dismiss(waiting)}>
            Dismiss
          </Button>
        ) : (
          <Button size="sm" variant="primary" disabled={busy} onClick={enter}>
            Enter {waiting.length === 1 ? "it" : "them"} now
          </Button>
        )
      }
    >
      Noted while the server was away: {waiting.map((one) => noteText(one, agency.timeZone)).join("; ")}
    </Banner>
  );
}

const noteText = ({ number, status, at, refused }: Noted, timeZone: string): string =>
  `${number} ${tripMark(status).word} ${formatTime(new Date(at), timeZone)}${refused ? ` (refused: ${refused})` : ""}`;

function useNotedReports() {
  const { userId } = useViewer();
  const client = useTRPCClient();
  const board = useRereadBoard();
  const isAway = useServerAway() !== null;
  const [waiting, setWaiting] = useState<readonly Noted[]>([]);
  const [busy, setBusy] = useState(false);
  const reread = () => withKeptDb((db) => readNoted(db, userId)).then(setWaiting);
  useEffect(() => {
    if (isAway) return;
    // Without storage nothing can have been noted.
    withKeptDb((db) => readNoted(db, userId)).then(setWaiting, () => undefined);
  }, [isAway, userId]);
  const send = async ({ tripId, status, at, clientEventId }: Noted): Promise<string | null> => {
    try {
      await client.trips.reportStatus.mutate({ tripId, status, at: new Date(at), clientEventId });
      return null;
    } catch (error) {
      if (["offline", "unavailable"].includes(refusalOf(error).code)) throw error;
      return refusalText(error);
    }
  };
  const enter = () => {
    setBusy(true);
    withKeptDb((db) => enterNoted(db, userId, send))
      .catch((error: unknown) => toastError("Not everything was entered", refusalText(error)))
      .then(reread)
      .then(board.all)
      .catch((error: unknown) => toastError("The notes could not be read", refusalText(error)))
      .finally(() => setBusy(false));
  };
  const dismiss = (notes: readonly Noted[]) => {
    withKeptDb(async (db) => {
      for (const { clientEventId } of notes) await db.delete("noted", clientEventId);
    })
      .then(reread)
      .catch((error: unknown) => toastError("The notes could not be removed", refusalText(error)));
  };
  return { waiting, busy, enter, dismiss };
}
