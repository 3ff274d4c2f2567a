"use client";

import { useNow } from "@/components/lib/clock";
import { cn } from "@/components/lib/cn";
import { formatAge, formatElapsed, formatMoment } from "@/components/lib/format";
import { useAgency } from "@/components/lib/viewer";

type ElapsedProps = {
  since: Date;
  /** Minutes after which it asks for attention, and after which it is trouble. */
  warnMin?: number;
  alertMin?: number;
  className?: string;
};

/** How long something has lasted, computed from its start: `4m 07s`. */
export function Elapsed({ since, warnMin, alertMin, className }: ElapsedProps) {
  const now = useNow();
  const { timeZone } = useAgency();
  if (now === null) return <span className={className}>–</span>;
  const elapsedS = (now - since.getTime()) / 1000;
  const tone =
    alertMin !== undefined && elapsedS >= alertMin * 60
      ? "font-semibold text-danger"
      : warnMin !== undefined && elapsedS >= warnMin * 60
        ? "font-medium text-caution"
        : undefined;
  return (
    <time
      dateTime={since.toISOString()}
      title={formatMoment(since, timeZone)}
      className={cn("whitespace-nowrap", tone, className)}
    >
      {formatElapsed(elapsedS)}
    </time>
  );
}

type AgeProps = { at: Date; suffix?: string; className?: string };

/** How old something is: `12 s`; the moment itself on hover. */
export function Age({ at, suffix, className }: AgeProps) {
  const now = useNow();
  const { timeZone } = useAgency();
  const age = now === null ? "–" : formatAge((now - at.getTime()) / 1000);
  return (
    <time dateTime={at.toISOString()} title={formatMoment(at, timeZone)} className={cn("whitespace-nowrap", className)}>
      {age}
      {suffix && age !== "now" && ` ${suffix}`}
    </time>
  );
}
