"use client";

import { useNow } from "@/components/lib/clock";
import { formatElapsed } from "@/components/lib/format";

/** The evidence so far: how long the crew has stood at the door, until now or until the time given. */
export function Waited({ since, until = null }: { since: Date; until?: Date | null }) {
  const now = useNow();
  const endMs = until?.getTime() ?? now;
  return (
    <span className="text-ink-2 text-table">
      waited {endMs === null ? "–" : formatElapsed(Math.max(0, (endMs - since.getTime()) / 1000))}
    </span>
  );
}
