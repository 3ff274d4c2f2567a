import type { MarkWithWord } from "@/components/status/status-marks";
import { unitMark } from "@/components/status/status-marks";
import type { Shift } from "@/server/domain/shifts/shift";

/** Where a shift is in its life, by the clock of the screen. */
export type ShiftPhase = "planned" | "late" | "on" | "over" | "off" | "missed";

/** @param nowMs - epoch milliseconds */
export function phaseOf(shift: Shift, nowMs: number): ShiftPhase {
  if (shift.signedOffAt !== null) return "off";
  const over = nowMs >= Date.parse(shift.endsAt);
  if (shift.signedOnAt !== null) return over ? "over" : "on";
  if (over) return "missed";
  return nowMs > Date.parse(shift.startsAt) ? "late" : "planned";
}

const MARKS: Record<Exclude<ShiftPhase, "on">, MarkWithWord> = {
  planned: { mark: "reserved", word: "Planned" },
  late: { mark: "delayed", word: "Not signed on" },
  over: { mark: "available", word: "Running over" },
  off: { mark: "completed", word: "Signed off" },
  missed: { mark: "closed", word: "Never signed on" },
};

/** The mark and word of a shift in the plan. @param onTrip - it has a trip that it was told to do */
export function shiftMark(shift: Shift, nowMs: number, onTrip = false): MarkWithWord {
  const phase = phaseOf(shift, nowMs);
  if (onTrip && phase === "on") return { mark: "dispatched", word: "On trip" };
  return phase === "on" ? unitMark({ signedOn: true, state: shift.state }) : MARKS[phase];
}
