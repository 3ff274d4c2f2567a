"use client";

import { useState } from "react";
import { cn } from "@/components/lib/cn";
import { formatDistance, formatDuration } from "@/components/lib/format";
import { useAgency } from "@/components/lib/viewer";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import type { AssignmentMode } from "@/server/domain/trips/vocabulary";
import { LINE, WIDE_ONLY } from "./offer-line";
import type { Refused } from "./offers";

type Props = {
  unit: Refused;
  /** Queueing and sharing make no sense for a swap. */
  isSwap: boolean;
  mode: AssignmentMode;
  busy: boolean;
  onSend: (mode: AssignmentMode, overrideReason?: string) => void;
};

/** The line begins with the unit: "the unit is on a break" needs to say "on a break" only. */
const withoutSubject = (message: string): string => message.replace(/^the unit(?:'s)? (?:is )?/, "");

/** Two buttons leave no room for words in a narrow list: those stand below. */
const BELOW = "col-[2/-1] row-start-2 @min-[680px]:col-auto @min-[680px]:row-auto";

/** A unit that can't go, with all that stands in its way, and what may be done about it. */
export function RefusedLine({ unit, isSwap, mode, busy, onSend }: Props) {
  const { distanceUnit } = useAgency();
  const [insisting, setInsisting] = useState(false);
  const isQueued = unit.way === "queue" && !isSwap;
  return (
    <li>
      <div className={LINE}>
        <span />
        <span className="font-medium text-ink-2">{unit.callSign}</span>
        <span className="text-right text-ink-2">{formatDuration(unit.etaS)}</span>
        <span className={WIDE_ONLY} />
        <span className={`text-right text-ink-3 ${WIDE_ONLY}`}>{formatDistance(unit.distanceM, distanceUnit)}</span>
        <span
          className={cn("truncate text-ink-2", isQueued && BELOW)}
          title={unit.blockers.map(({ message }) => message).join("\n")}
        >
          {unit.blockers.map(({ message }) => withoutSubject(message)).join(" · ")}
        </span>
        <span className="col-start-5 flex justify-end gap-1 @min-[680px]:col-start-auto">
          {isQueued && (
            <>
              <Button size="sm" disabled={busy} onClick={() => onSend("stack")}>
                Queue behind
              </Button>
              <Button size="sm" disabled={busy} onClick={() => onSend("aboard")}>
                Share the ride
              </Button>
            </>
          )}
          {unit.way === "override" && (
            <Button size="sm" variant="ghost" aria-expanded={insisting} onClick={() => setInsisting(!insisting)}>
              Send anyway
            </Button>
          )}
        </span>
      </div>
      {insisting && <Insist callSign={unit.callSign} busy={busy} onSend={(reason) => onSend(mode, reason)} />}
    </li>
  );
}

function Insist({ callSign, busy, onSend }: { callSign: string; busy: boolean; onSend: (reason: string) => void }) {
  const [reason, setReason] = useState("");
  const given = reason.trim();
  return (
    <form
      className="mb-1 ml-7 flex gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (given !== "") onSend(given);
      }}
    >
      <Input
        aria-label={`Why ${callSign} goes anyway`}
        placeholder="Why it goes anyway"
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- the dispatcher just asked for this very field
        autoFocus
        maxLength={500}
        autoComplete="off"
        value={reason}
        onValueChange={setReason}
        className="h-7 max-w-100"
      />
      <Button type="submit" size="sm" busy={busy} disabled={given === ""} className="h-7">
        Send {callSign}
      </Button>
    </form>
  );
}
