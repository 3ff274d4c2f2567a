"use client";

import { useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";

type Props = { onSnooze: (reason: string, minutes: number) => void; onCancel: () => void };

const MINUTES = ["5", "10", "15", "30", "60"] as const;
const USUAL = [
  "Crew called in",
  "Facility was told",
  "Rider was told",
  "Traffic",
  "Another unit is on its way",
] as const;

/** Why something is put aside, and for how long. Esc closes this form and nothing around it. */
export function SnoozeForm({ onSnooze, onCancel }: Props) {
  const [reason, setReason] = useState("");
  const [minutes, setMinutes] = useState<(typeof MINUTES)[number]>("10");
  const reasons = useId();
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Esc bubbles up from its fields
    <form
      aria-label="Snooze"
      className="mt-2 flex gap-2"
      onKeyDown={(event) => {
        if (event.key !== "Escape" || event.defaultPrevented) return;
        event.preventDefault();
        event.stopPropagation();
        onCancel();
      }}
      onSubmit={(event) => {
        event.preventDefault();
        if (reason.trim() !== "") onSnooze(reason.trim(), Number(minutes));
      }}
    >
      <Input
        aria-label="Reason"
        placeholder="Reason"
        required
        maxLength={200}
        autoComplete="off"
        list={reasons}
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- the dispatcher just asked for this very form
        autoFocus
        value={reason}
        onValueChange={setReason}
      />
      <datalist id={reasons}>
        {USUAL.map((one) => (
          <option key={one}>{one}</option>
        ))}
      </datalist>
      <Select
        aria-label="Minutes"
        value={minutes}
        onValueChange={setMinutes}
        options={MINUTES.map((value) => ({ value, label: `${value} min` }))}
        className="w-24 shrink-0"
      />
      <Button type="submit" disabled={reason.trim() === ""}>
        Snooze
      </Button>
    </form>
  );
}
