"use client";

import { formatTimeS } from "@/components/lib/format";
import { useAgency } from "@/components/lib/viewer";
import { Button } from "@/components/ui/button";
import type { DriveDb, Press } from "./drive-db";
import { PRESSED_WORD } from "./next-press";
import { dismissPress } from "./press-queue";
import type { Sender } from "./use-sender";

type Props = { db: DriveDb; sender: Sender };

/** Presses the server does not have: waiting ones, and refused ones with their reason until they are dismissed. */
export function UnsentList({ db, sender }: Props) {
  const { unsent, flush } = sender;
  if (unsent.length === 0) return null;
  const refused = unsent.filter((press) => press.refused !== null);
  const waiting = unsent.filter((press) => press.refused === null);
  return (
    <section aria-label="Not sent yet" className="border-line border-b bg-panel px-4 py-3">
      {refused.map((press) => (
        <div key={press.clientEventId} role="alert" className="mb-2 rounded-md border border-danger p-3">
          <p className="font-semibold">
            Refused: <Line press={press} />
          </p>
          <p className="text-ink-2">{press.refused}</p>
          <Button
            size="touch"
            className="mt-2 w-full"
            onClick={() => void dismissPress(db, press.clientEventId).then(flush)}
          >
            I have read it
          </Button>
        </div>
      ))}
      {waiting.length > 0 && (
        <details>
          <summary className="min-h-12 content-center font-medium">
            {waiting.length === 1 ? "1 press is not sent yet" : `${waiting.length} presses are not sent yet`}
          </summary>
          <ul className="text-ink-2">
            {waiting.map((press) => (
              <li key={press.clientEventId}>
                <Line press={press} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

function Line({ press }: { press: Press }) {
  const { timeZone } = useAgency();
  return (
    <>
      {PRESSED_WORD[press.status]}, {press.tripNumber}, {formatTimeS(new Date(press.at), timeZone)}
    </>
  );
}
