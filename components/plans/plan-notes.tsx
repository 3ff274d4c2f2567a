"use client";

import type { ReactNode } from "react";
import { formatTime } from "@/components/lib/format";
import { useAgency } from "@/components/lib/viewer";
import { Badge } from "@/components/ui/badge";
import type { PlanFindings } from "@/server/domain/plans/findings";

/** How many things a plan has to say beside its trips that want a look. */
export const notesIn = ({ missedBreaks, unusable, reserve }: PlanFindings): number =>
  missedBreaks.length + unusable.length + reserve.filter(({ free, wanted }) => free < wanted).length;

/** Breaks that found no time, units that could not be used, and what stays free for emergencies. */
export function PlanNotes({ findings: { missedBreaks, unusable, reserve } }: { findings: PlanFindings }) {
  const { timeZone } = useAgency();
  const clock = (at: Date) => formatTime(at, timeZone);
  return (
    <ul aria-label="Notes of the plan" className="bg-panel">
      {missedBreaks.map(({ shiftId, callSign, from, to, minutes }) => (
        <Note key={`${shiftId} ${from.toISOString()}`} subject={callSign} tone="caution" word="No break">
          {minutes} min between {clock(from)} and {clock(to)} find no time beside what the unit has to do.
        </Note>
      ))}
      {unusable.map(({ shiftId, callSign, why }) => (
        <Note key={`${shiftId} ${why}`} subject={callSign ?? "Day"} tone="outline" word="Not planned">
          {why}
        </Note>
      ))}
      {reserve.map(({ baseId, name, wanted, free }) => (
        <Note
          key={baseId}
          subject={name}
          tone={free < wanted ? "caution" : "outline"}
          word={free < wanted ? "Too few free" : "Kept free"}
        >
          {free} of the {wanted} emergency units that this base should keep.
        </Note>
      ))}
    </ul>
  );
}

type NoteProps = { subject: string; tone: "caution" | "outline"; word: string; children: ReactNode };

function Note({ subject, tone, word, children }: NoteProps) {
  return (
    <li className="grid grid-cols-[96px_minmax(0,1fr)] items-baseline gap-2 md:grid-cols-[96px_112px_minmax(0,1fr)] border-line border-b px-3 py-2">
      <span className="truncate font-medium">{subject}</span>
      <span>
        <Badge tone={tone}>{word}</Badge>
      </span>
      <span className="max-md:col-span-2">{children}</span>
    </li>
  );
}
