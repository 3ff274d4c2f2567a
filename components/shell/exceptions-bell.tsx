"use client";

import { Bell, BellOff, BellRing, Volume2, VolumeX } from "lucide-react";
import { cn } from "@/components/lib/cn";
import { plural } from "@/components/lib/format";
import { later } from "@/components/lib/later";
import { setMuted, useSound } from "@/components/lib/sound";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Popover } from "@/components/ui/popover";
import type { ExceptionItem } from "./exception-line";

const ExceptionLine = later(() => import("./exception-line").then((part) => part.ExceptionLine));

export type ExceptionsBellProps = {
  items: readonly ExceptionItem[];
  onOpen: (item: ExceptionItem) => void;
  onAcknowledge: (item: ExceptionItem) => void;
  /** Missing for what is never snoozed. */
  onSnooze: (item: ExceptionItem, reason: string, minutes: number) => void;
  onEndSnooze: (item: ExceptionItem) => void;
  onClose: (item: ExceptionItem) => void;
  onReassign: (item: ExceptionItem) => void;
};

/** What a dispatcher must look at, with its sound. Red only while something is in trouble. */
export function ExceptionsBell({ items, ...on }: ExceptionsBellProps) {
  const sound = useSound();
  const open = items.filter(({ state }) => state === "open");
  const trouble = open.some(({ severity }) => severity !== "warn");
  const Icon = sound === "on" ? (open.length > 0 ? BellRing : Bell) : BellOff;
  return (
    <Popover
      label="Exceptions"
      className="flex max-h-[70vh] w-110 flex-col p-0"
      trigger={
        <Button
          variant="ghost"
          size="sm"
          aria-label={`${plural(open.length, "open exception")}${sound === "on" ? "" : ", sound is off"}`}
          className={cn("h-7 px-1.5", open.length > 0 && (trouble ? "font-semibold text-danger" : "text-caution"))}
        >
          <Icon size={16} aria-hidden="true" />
          <span className="min-w-4 text-base">{open.length}</span>
        </Button>
      }
    >
      <header className="flex h-bar shrink-0 items-center justify-between border-line border-b pr-2 pl-3">
        <h2 className="font-semibold">Exceptions</h2>
        <SoundButton />
      </header>
      <ul className="min-h-0 flex-1 overflow-y-auto">
        {items.map((item) => (
          <ExceptionLine key={item.id} item={item} {...on} />
        ))}
      </ul>
      {items.length === 0 && (
        <EmptyState title="Nothing needs you now">Late, unassigned and silent units show here.</EmptyState>
      )}
    </Popover>
  );
}

function SoundButton() {
  const sound = useSound();
  const words = { waiting: "Sound is off until you click", on: "Sound on", muted: "Sound muted" } as const;
  return (
    <Button variant="ghost" size="sm" aria-pressed={sound === "on"} onClick={() => setMuted(sound === "on")}>
      {sound === "on" ? <Volume2 size={14} aria-hidden="true" /> : <VolumeX size={14} aria-hidden="true" />}
      {words[sound]}
    </Button>
  );
}
