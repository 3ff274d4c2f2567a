import { Clock } from "lucide-react";
import { cn } from "@/components/lib/cn";
import { formatDuration } from "@/components/lib/format";
import { hueText, StatusMark } from "./status-mark";
import { MARKS, type MarkName } from "./status-marks";

type Props = {
  mark: MarkName;
  /** Says more than the mark's own word, as "Acknowledged". */
  word?: string;
  emergency?: boolean;
  /** Minutes behind the promise; shown from 1. */
  lateMin?: number | null;
  /** Late by an estimate only. */
  lateIsEstimate?: boolean | undefined;
  className?: string;
};

/** A status as hue, shape and word; emergency and lateness add the only red there is. */
export function StatusBadge({ mark, word, emergency = false, lateMin, lateIsEstimate, className }: Props) {
  return (
    <span className={cn("inline-flex min-w-0 max-w-full items-center gap-1.5 align-middle", className)}>
      <StatusMark mark={mark} emergency={emergency} />
      <span className="truncate" style={{ color: hueText(MARKS[mark].hue) }}>
        {word ?? MARKS[mark].word}
      </span>
      {emergency && <span className="font-semibold text-danger">Emergency</span>}
      <LateChip lateMin={lateMin} estimated={lateIsEstimate} />
    </span>
  );
}

type LateProps = {
  lateMin?: number | null;
  /** Late by an estimate that lies ahead: at risk, not late yet. */
  estimated?: boolean | undefined;
};

/** A red clock with the minutes, amber with "~" while only the estimate says so; nothing while on time. */
export function LateChip({ lateMin, estimated = false }: LateProps) {
  if (!lateMin || lateMin < 1) return null;
  const minutes = Math.floor(lateMin);
  return (
    <span
      title={estimated ? "At risk: late by the estimate" : undefined}
      className={cn(
        "inline-flex shrink-0 items-center gap-0.5 font-medium",
        estimated ? "text-caution" : "text-danger",
      )}
    >
      <Clock size={12} strokeWidth={2.5} aria-hidden="true" />
      <span aria-hidden="true">
        {estimated && "~"}
        {formatDuration(minutes * 60)}
      </span>
      <span className="sr-only">
        {minutes} minutes late{estimated && " by the estimate"}
      </span>
    </span>
  );
}
