"use client";

import { useNow } from "@/components/lib/clock";
import { formatDay, formatTimeS } from "@/components/lib/format";
import { useAgency } from "@/components/lib/viewer";
import { Tooltip } from "@/components/ui/tooltip";

/** The agency's wall clock. */
export function ShellClock() {
  const now = useNow();
  const { timeZone } = useAgency();
  const at = now === null ? null : new Date(now);
  return (
    <Tooltip label={at ? `${formatDay(at, timeZone)}, ${timeZone.replaceAll("_", " ")}` : timeZone}>
      <time
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- its tooltip tells day and zone to the keyboard too
        tabIndex={0}
        dateTime={at?.toISOString()}
        className="w-16 rounded-sm text-center font-medium text-base max-sm:hidden"
      >
        {at ? formatTimeS(at, timeZone) : "--:--:--"}
      </time>
    </Tooltip>
  );
}
