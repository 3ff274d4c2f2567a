"use client";

import { formatTime } from "@/components/lib/format";
import { useDraft } from "@/components/lib/use-draft";
import { useAgency } from "@/components/lib/viewer";
import type { SeenTrip } from "@/components/trips/seen-trip";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { CallsInput } from "./calls-input";
import { Waited } from "./waited";

type Props = {
  asOf: SeenTrip;
  /** When the rider was given up; null is now. */
  at: Date | null;
  busy: boolean;
  onRecord: (callAttempts: number) => void;
  onBack: () => void;
};

/** The proof of a no-show before it is one: how long the crew stands at the door, and how often the rider was called. */
export function NoShowForm({ asOf, at, busy, onRecord, onBack }: Props) {
  const { timeZone } = useAgency();
  const [calls, setCalls] = useDraft(`${asOf.id} calls`, "");
  return (
    <form
      aria-label="Evidence of the no-show"
      className="flex flex-wrap items-center gap-x-3 gap-y-2 text-table"
      onSubmit={(event) => {
        event.preventDefault();
        if (calls !== "") onRecord(Number(calls));
      }}
    >
      <span>
        At the door since <span className="font-medium">{formatTime(asOf.statusSince, timeZone)}</span>,{" "}
        <Waited since={asOf.statusSince} until={at} />
      </span>
      <CallsInput value={calls} onValueChange={setCalls} isFirst />
      <Button type="submit" size="sm" variant="danger" busy={busy} disabled={calls === ""} className="h-7">
        Record the no-show <Kbd keys="Enter" />
      </Button>
      <Button size="sm" variant="ghost" disabled={busy} onClick={onBack} className="h-7">
        Another status
      </Button>
    </form>
  );
}
