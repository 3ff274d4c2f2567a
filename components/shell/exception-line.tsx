"use client";

import { Check, Clock3, X } from "lucide-react";
import { useState } from "react";
import { cn } from "@/components/lib/cn";
import { Button } from "@/components/ui/button";
import { Age } from "@/components/ui/elapsed";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";

export type ExceptionItem = {
  id: string;
  /** What is wrong, in words: "Not acknowledged". */
  title: string;
  /** Whom it is about: "M12 · trip 1043". Never patient data. */
  subject: string;
  /** The numbers behind it: "12 min late". */
  detail: string | null;
  since: Date;
  severity: "warn" | "alert" | "emergency";
  state: "open" | "acknowledged" | "snoozed";
  snoozable: boolean;
  /** Raised by somebody, so somebody closes it. */
  closable: boolean;
};

type Props = {
  item: ExceptionItem;
  onOpen: (item: ExceptionItem) => void;
  onAcknowledge: (item: ExceptionItem) => void;
  onSnooze: (item: ExceptionItem, reason: string, minutes: number) => void;
  onClose: (item: ExceptionItem) => void;
};

const DOTS = {
  warn: "border-2 border-caution",
  alert: "bg-danger rotate-45 rounded-none",
  emergency: "bg-danger rotate-45 rounded-none outline-2 outline-danger outline-offset-2",
};

/** One exception: open it, acknowledge it, or snooze it with a reason. */
export function ExceptionLine({ item, onOpen, onAcknowledge, onSnooze, onClose }: Props) {
  const [snoozing, setSnoozing] = useState(false);
  return (
    <li
      className={cn(
        "border-line border-b px-3 py-2",
        item.state !== "open" && "text-ink-3",
        item.severity === "emergency" && "bg-danger-soft",
      )}
    >
      <div className="flex items-center gap-2">
        <span aria-hidden="true" className={cn("size-2 shrink-0 rounded-full", DOTS[item.severity])} />
        <button
          type="button"
          onClick={() => onOpen(item)}
          className="min-w-0 flex-1 rounded-sm text-left hover:underline"
        >
          <span
            className={cn(
              "block truncate font-medium",
              item.state === "open" && item.severity !== "warn" && "text-danger",
            )}
          >
            {item.title}
          </span>
          <span className="block truncate text-ink-2 text-table">
            {item.subject} · {item.detail && `${item.detail} · `}
            <Age at={item.since} suffix="ago" />
            {item.state !== "open" && ` · ${item.state}`}
          </span>
        </button>
        {item.state === "open" && (
          <IconButton icon={Check} label="Acknowledge" size="sm" onClick={() => onAcknowledge(item)} />
        )}
        {item.snoozable && (
          <IconButton
            icon={Clock3}
            label="Snooze"
            size="sm"
            aria-expanded={snoozing}
            onClick={() => setSnoozing(!snoozing)}
          />
        )}
        {item.closable && <IconButton icon={X} label="Close" size="sm" onClick={() => onClose(item)} />}
      </div>
      {snoozing && (
        <SnoozeForm
          onSnooze={(reason, minutes) => {
            setSnoozing(false);
            onSnooze(item, reason, minutes);
          }}
        />
      )}
    </li>
  );
}

const MINUTES = ["5", "10", "15", "30"] as const;

function SnoozeForm({ onSnooze }: { onSnooze: (reason: string, minutes: number) => void }) {
  const [reason, setReason] = useState("");
  const [minutes, setMinutes] = useState<(typeof MINUTES)[number]>("10");
  return (
    <form
      className="mt-2 flex gap-2"
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
        value={reason}
        onValueChange={setReason}
      />
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
