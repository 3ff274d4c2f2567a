"use client";

import { BellRing, Check, Clock3, X } from "lucide-react";
import { type Ref, type RefObject, useRef, useState } from "react";
import { cn } from "@/components/lib/cn";
import { formatTime } from "@/components/lib/format";
import { later } from "@/components/lib/later";
import { PatientData } from "@/components/lib/privacy";
import { useAgency } from "@/components/lib/viewer";
import { Button } from "@/components/ui/button";
import { Age } from "@/components/ui/elapsed";
import { IconButton } from "@/components/ui/icon-button";
import { Kbd } from "@/components/ui/kbd";

const SnoozeForm = later(() => import("./snooze-form").then((part) => part.SnoozeForm));

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
  /** When a snoozed one comes back by itself. */
  snoozedUntil: Date | null;
  /** Why it is put aside, as somebody typed it: patient data. */
  snoozeReason: string | null;
  snoozable: boolean;
  /** Raised by somebody, so somebody closes it. */
  closable: boolean;
  /** The best unit to send instead, with its way to the pickup in words. */
  next: { callSign: string; way: string | null } | null;
};

type Props = {
  item: ExceptionItem;
  onOpen: (item: ExceptionItem) => void;
  onAcknowledge: (item: ExceptionItem) => void;
  onSnooze: (item: ExceptionItem, reason: string, minutes: number) => void;
  onEndSnooze: (item: ExceptionItem) => void;
  onClose: (item: ExceptionItem) => void;
  onReassign: (item: ExceptionItem) => void;
};

const DOTS = {
  warn: "border-2 border-caution",
  alert: "bg-danger rotate-45 rounded-none",
  emergency: "bg-danger rotate-45 rounded-none outline-2 outline-danger outline-offset-2",
};

/** A button that goes away once it was pressed leaves the focus on its line. */
function useStay(name: RefObject<HTMLButtonElement | null>) {
  return (work: () => void) => () => {
    name.current?.focus();
    work();
  };
}

/** One exception: open it, acknowledge it, snooze it with a reason, or send the unit it offers (`1` in the line). */
export function ExceptionLine({ item, onOpen, onAcknowledge, onSnooze, onEndSnooze, onClose, onReassign }: Props) {
  const [snoozing, setSnoozing] = useState(false);
  const name = useRef<HTMLButtonElement>(null);
  const staying = useStay(name);
  const closeForm = staying(() => setSnoozing(false));
  return (
    <li
      className={cn(
        "border-line border-b px-3 py-2",
        item.state !== "open" && "text-ink-3",
        item.severity === "emergency" && "bg-danger-soft",
      )}
    >
      <div className="flex items-center gap-2">
        <span
          aria-hidden="true"
          className={cn("size-2 shrink-0 rounded-full", DOTS[item.severity], item.state !== "open" && "opacity-45")}
        />
        <Name ref={name} item={item} onOpen={() => onOpen(item)} onReassign={() => onReassign(item)} />
        <Buttons
          item={item}
          snoozing={snoozing}
          onAcknowledge={staying(() => onAcknowledge(item))}
          onSnooze={() => setSnoozing(!snoozing)}
          onEndSnooze={staying(() => onEndSnooze(item))}
          onClose={() => onClose(item)}
        />
      </div>
      {item.state === "snoozed" && item.snoozeReason && (
        <p className="mt-0.5 break-words pl-4 text-ink-2 text-table">
          <PatientData>{item.snoozeReason}</PatientData>
        </p>
      )}
      {item.next && <ReassignButton next={item.next} onReassign={staying(() => onReassign(item))} />}
      {snoozing && (
        <SnoozeForm
          onCancel={closeForm}
          onSnooze={(reason, minutes) => {
            closeForm();
            onSnooze(item, reason, minutes);
          }}
        />
      )}
    </li>
  );
}

type NameProps = { ref: Ref<HTMLButtonElement>; item: ExceptionItem; onOpen: () => void; onReassign: () => void };

/** What is wrong and with whom; Enter opens it, `1` sends the unit it offers. */
function Name({ ref, item, onOpen, onReassign }: NameProps) {
  const isTrouble = item.state === "open" && item.severity !== "warn";
  return (
    <button
      ref={ref}
      type="button"
      onClick={onOpen}
      onKeyDown={(event) => {
        if (event.key === "1" && item.next && !event.ctrlKey && !event.metaKey && !event.altKey) onReassign();
      }}
      className="min-w-0 flex-1 rounded-sm text-left hover:underline"
    >
      <span className={cn("block truncate font-medium", isTrouble && "text-danger")}>{item.title}</span>
      <Facts item={item} />
    </button>
  );
}

type ReassignProps = { next: NonNullable<ExceptionItem["next"]>; onReassign: () => void };

function ReassignButton({ next, onReassign }: ReassignProps) {
  return (
    <div className="mt-1 flex items-center gap-2 pl-4">
      <Button size="sm" onClick={onReassign} aria-keyshortcuts="1">
        Reassign to {next.callSign} <Kbd keys="1" />
      </Button>
      {next.way && <span className="text-ink-2 text-table">{next.way}</span>}
    </div>
  );
}

type ButtonsProps = Record<"onAcknowledge" | "onSnooze" | "onEndSnooze" | "onClose", () => void> & {
  item: ExceptionItem;
  snoozing: boolean;
};

function Buttons({ item, snoozing, onAcknowledge, onSnooze, onEndSnooze, onClose }: ButtonsProps) {
  return (
    <>
      {item.state === "open" && <IconButton icon={Check} label="Acknowledge" size="sm" onClick={onAcknowledge} />}
      {item.state === "snoozed" && (
        <IconButton icon={BellRing} label="End the snooze" size="sm" onClick={onEndSnooze} />
      )}
      {item.snoozable && (
        <IconButton icon={Clock3} label="Snooze" size="sm" aria-expanded={snoozing} onClick={onSnooze} />
      )}
      {item.closable && <IconButton icon={X} label="Close" size="sm" onClick={onClose} />}
    </>
  );
}

/** Whom it is about gives way first: the numbers and the age are what is read. */
function Facts({ item }: { item: ExceptionItem }) {
  const { timeZone } = useAgency();
  return (
    <span className="flex gap-1 text-ink-2 text-table">
      <span className="truncate" title={item.subject}>
        {item.subject}
      </span>
      <span className="shrink-0">
        · {item.detail && `${item.detail} · `}
        {item.state === "snoozed" && item.snoozedUntil ? (
          `snoozed until ${formatTime(item.snoozedUntil, timeZone)}`
        ) : (
          <Age at={item.since} suffix="ago" />
        )}
        {item.state === "acknowledged" && " · acknowledged"}
      </span>
    </span>
  );
}
