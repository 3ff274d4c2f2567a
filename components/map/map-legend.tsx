"use client";

import { StatusBadge } from "@/components/status/status-badge";
import { MARK_NAMES, type MarkName } from "@/components/status/status-marks";
import { Button } from "@/components/ui/button";
import { Popover } from "@/components/ui/popover";

/** What is never drawn on the map: states of trips, and units that are only listed. */
const NOT_ON_MAP: readonly MarkName[] = ["requested", "completed", "closed", "dark"];

/** What the marks mean. */
export function MapLegend() {
  return (
    <Popover
      title="Marks"
      trigger={
        <Button size="sm" variant="ghost">
          Legend
        </Button>
      }
    >
      <ul className="grid grid-cols-2 gap-x-4 gap-y-1.5 text-table">
        {MARK_NAMES.filter((mark) => !NOT_ON_MAP.includes(mark)).map((mark) => (
          <li key={mark}>
            <StatusBadge mark={mark} />
          </li>
        ))}
      </ul>
      <p className="mt-2 border-line border-t pt-2 text-ink-2 text-table">
        A red ring is an emergency, a red clock the minutes behind, an amber one with "~" what an estimate fears. The
        age of a fix shows from 2 minutes, "?" from 10; after an hour a free unit is listed only, one on a trip stays
        grey at its last place.
      </p>
    </Popover>
  );
}
