"use client";

import { cn } from "@/components/lib/cn";
import { Tooltip } from "./tooltip";

export type ConnectionState = "live" | "connecting" | "unavailable";
const STATES: Record<ConnectionState, { word: string; dot: string; text: string }> = {
  live: { word: "Live", dot: "bg-good", text: "text-ink-2" },
  connecting: { word: "Connecting", dot: "border-2 border-caution", text: "text-caution" },
  unavailable: { word: "Feed out", dot: "rounded-none bg-danger rotate-45", text: "font-semibold text-danger" },
};

/** Is what we see live? Hue, shape and word. */
export function ConnectionDot({ state, detail }: { state: ConnectionState; detail?: string }) {
  const { word, dot, text } = STATES[state];
  return (
    <Tooltip label={detail ?? word}>
      <output
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- its tooltip explains the state to the keyboard too
        tabIndex={0}
        className={cn("inline-flex items-center gap-1.5 rounded-sm px-1 text-table", text)}
      >
        <span aria-hidden="true" className={cn("size-2 rounded-full", dot)} />
        <span className="max-sm:sr-only">{word}</span>
      </output>
    </Tooltip>
  );
}
