"use client";

import { Check } from "lucide-react";
import { useState } from "react";
import { Waited } from "@/components/board/waited";
import { cn } from "@/components/lib/cn";
import { formatTime } from "@/components/lib/format";
import { useAgency } from "@/components/lib/viewer";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { NoShowProof } from "./drive-db";

type Props = {
  /** Since when the crew is at the door. */
  arrivedAt: Date | null;
  onRecord: (proof: NoShowProof) => void;
  onBack: () => void;
};

/** Words to press, not to type: nothing about a rider lies on the phone because of them. */
const DONE = ["Knocked or rang", "Asked the staff", "Looked around", "Told dispatch"] as const;

/** The proof of a no-show before it is one: how long the crew stands at the door, calls, and what else was done. */
export function NoShowPanel({ arrivedAt, onRecord, onBack }: Props) {
  const { timeZone } = useAgency();
  const [calls, setCalls] = useState("");
  const [done, setDone] = useState<readonly string[]>([]);
  const toggle = (word: string) =>
    setDone((now) => (now.includes(word) ? now.filter((one) => one !== word) : [...now, word]));
  return (
    <form
      aria-label="Evidence of the no-show"
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        const said = DONE.filter((word) => done.includes(word));
        if (calls !== "")
          onRecord({ callAttempts: Number(calls), ...(said.length > 0 && { reason: said.join(", ") }) });
      }}
    >
      {arrivedAt && (
        <p className="[&_span]:text-touch">
          At the door since <span className="font-semibold">{formatTime(arrivedAt, timeZone)}</span>,{" "}
          <Waited since={arrivedAt} />
        </p>
      )}
      <Field label="Times you called the rider">
        {(control) => (
          <Input
            {...control}
            inputMode="numeric"
            autoComplete="off"
            value={calls}
            onValueChange={(text) => setCalls(text.replace(/\D/g, "").slice(0, 2))}
            className="h-12 text-touch"
          />
        )}
      </Field>
      <fieldset>
        <legend className="mb-1 text-ink-2">What else was done</legend>
        <div className="grid grid-cols-2 gap-2">
          {DONE.map((word) => (
            <Button
              key={word}
              size="touch"
              aria-pressed={done.includes(word)}
              className={cn(done.includes(word) && "border-accent bg-selected font-medium")}
              onClick={() => toggle(word)}
            >
              {done.includes(word) && <Check size={20} aria-hidden="true" />} {word}
            </Button>
          ))}
        </div>
      </fieldset>
      <Button type="submit" variant="danger" className="h-16 w-full text-[20px]" disabled={calls === ""}>
        Record the no-show
      </Button>
      <Button size="touch" onClick={onBack}>
        Back
      </Button>
    </form>
  );
}
