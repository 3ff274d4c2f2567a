import { formatTime } from "@/components/lib/format";
import type { Shift } from "@/server/domain/shifts/shift";

/** A shift's breaks as a file says them: `11:00-14:00/30; 16:00-17:00/15 base`. */
export const breaksText = (shift: Shift, timeZone: string): string =>
  shift.breaks
    .map(({ from, to, minutes, at }) => {
      const clock = (moment: string) => formatTime(new Date(moment), timeZone);
      return `${clock(from)}-${clock(to)}/${minutes}${at === "base" ? " base" : ""}`;
    })
    .join("; ");
