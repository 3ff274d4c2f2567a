import { useNow } from "@/components/lib/clock";
import { cn } from "@/components/lib/cn";
import type { Shift } from "@/server/domain/shifts/shift";

type Props = { shift: Shift; from: number; to: number };

/** Where the day is a quarter, a half, three quarters over. */
const QUARTERS = ["25%", "50%", "75%"] as const;

/** One shift on the line of its day: planned as an outline, worked as a bar, now as a stroke. */
export function DayLine({ shift, from, to }: Props) {
  const now = useNow(60_000);
  const share = (at: number) => Math.min(100, Math.max(0, ((at - from) / (to - from)) * 100));
  const span = (start: number, end: number) => ({ left: `${share(start)}%`, width: `${share(end) - share(start)}%` });
  const on = shift.signedOnAt === null ? null : Date.parse(shift.signedOnAt);
  const off = shift.signedOffAt === null ? now : Date.parse(shift.signedOffAt);
  const late = on === null && now !== null && now > Date.parse(shift.startsAt) && now < Date.parse(shift.endsAt);
  return (
    <div aria-hidden="true" className="relative h-4 w-full rounded-sm bg-sunken">
      {QUARTERS.map((left) => (
        <div key={left} className="absolute inset-y-0 w-px bg-line" style={{ left }} />
      ))}
      <div
        className={cn("absolute inset-y-0 rounded-sm border", late ? "border-caution" : "border-line-strong")}
        style={span(Date.parse(shift.startsAt), Date.parse(shift.endsAt))}
      />
      {on !== null && off !== null && (
        <div
          className={cn("absolute inset-y-1 rounded-sm", shift.signedOffAt ? "bg-line-strong" : "bg-good")}
          style={span(on, off)}
        />
      )}
      {now !== null && now >= from && now < to && (
        <div className="absolute -inset-y-1 w-px bg-accent" style={{ left: `${share(now)}%` }} />
      )}
    </div>
  );
}
