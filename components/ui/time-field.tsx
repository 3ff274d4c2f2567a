"use client";

import { useState } from "react";
import { nowMs } from "@/components/lib/clock";
import { cn } from "@/components/lib/cn";
import { formatTime, formatTimeOrDay } from "@/components/lib/format";
import { parseTimeField, type TimeFieldResult } from "@/components/lib/time-field";
import { useAgency } from "@/components/lib/viewer";
import { Input } from "./input";

type Props = {
  value: Date | null;
  onValueChange: (at: Date | null) => void;
  /** `yyyy-MM-dd` in the agency's time zone; without it the nearest such time is meant. */
  day?: string;
  id?: string;
  "aria-label"?: string;
  "aria-describedby"?: string;
  "aria-invalid"?: true;
  autoFocus?: boolean;
  /** Enter on an empty field means now; without, an empty field is no time. */
  nowOnEnter?: boolean;
  className?: string;
};

/** A time as dispatchers type it: `1432`, `-5`, `+30`; Enter alone is now. What was understood shows beside it. */
export function TimeField({ value, onValueChange, day, nowOnEnter = true, className, ...input }: Props) {
  const { timeZone } = useAgency();
  const [draft, setDraft] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const read = (text: string): TimeFieldResult => parseTimeField(text, { now: new Date(nowMs()), timeZone, day });
  const preview = draft ? read(draft) : null;

  const commit = (text: string) => {
    const result = read(text);
    setRefusal(result.ok ? null : result.message);
    if (!result.ok) return;
    onValueChange(result.at);
    setDraft(null);
  };
  const leave = () => {
    if (draft === null) return;
    if (draft.trim() !== "") return commit(draft);
    onValueChange(null);
    setRefusal(null);
    setDraft(null);
  };
  const shown = preview?.ok ? understood(preview, timeZone) : null;
  return (
    <div className={cn("relative", className)}>
      <Input
        {...input}
        value={draft ?? (value ? formatTime(value, timeZone) : "")}
        placeholder="hhmm"
        inputMode="text"
        autoComplete="off"
        aria-invalid={refusal ? true : input["aria-invalid"]}
        title={refusal ?? (value ? formatTimeOrDay(value, new Date(nowMs()), timeZone) : undefined)}
        onFocus={(event) => event.currentTarget.select()}
        onValueChange={(text) => setDraft(text)}
        onBlur={leave}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || event.ctrlKey || event.metaKey) return;
          const text = draft ?? "";
          if (draft === null && value) return;
          if (text.trim() === "" && !nowOnEnter) return;
          event.preventDefault();
          commit(text);
        }}
        className="pr-14"
      />
      <span
        aria-live="polite"
        className="pointer-events-none absolute inset-y-0 right-2 flex items-center text-ink-3 text-label"
      >
        {shown}
      </span>
      {refusal && (
        <p role="alert" className="mt-1 text-danger text-label">
          {refusal}
        </p>
      )}
    </div>
  );
}

function understood(result: Extract<TimeFieldResult, { ok: true }>, timeZone: string): string {
  const at = formatTimeOrDay(result.at, new Date(nowMs()), timeZone);
  return result.repeated ? `${at} (${result.repeated.which})` : at;
}
