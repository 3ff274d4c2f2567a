import { type DistanceUnit, formatDistance } from "@/components/lib/format";
import type { PlanView } from "@/server/domain/plans/plan-view";
import type { PlanChange, PlanFailure, PlanState } from "@/server/domain/plans/vocabulary";

type Tone = "neutral" | "accent" | "caution" | "danger" | "outline";

type StateWord = { word: string; tone: Tone };
const STATE_WORDS: Record<PlanState, StateWord> = {
  queued: { word: "waits", tone: "outline" },
  running: { word: "being made", tone: "accent" },
  proposed: { word: "to decide", tone: "accent" },
  partly_applied: { word: "partly accepted", tone: "accent" },
  applied: { word: "accepted", tone: "neutral" },
  rejected: { word: "declined", tone: "outline" },
  cancelled: { word: "cancelled", tone: "outline" },
  failed: { word: "not made", tone: "danger" },
  superseded: { word: "overtaken", tone: "outline" },
};

/** A plan's state as dispatchers say it. The answer to a question is nothing to decide. */
export const stateWord = ({ kind, state }: Pick<PlanView, "kind" | "state">): StateWord =>
  kind === "what_if" && state === "proposed" ? { word: "answered", tone: "neutral" } : STATE_WORDS[state];

export const CHANGE_WORDS: Record<PlanChange, string> = {
  added: "added",
  moved: "moved",
  retimed: "new time",
  removed: "taken off",
  kept: "as it is",
  unserved: "left out",
};

/** Why there is no plan, and what to do about it. */
export const FAILURE_WORDS: Record<PlanFailure, { title: string; hint: string }> = {
  nothing_to_plan: { title: "Nothing to plan", hint: "No open trip is wanted in this period." },
  unit_started: {
    title: "The unit has started meanwhile",
    hint: "Another start of it would change nothing. Ask about a unit that is not on the road.",
  },
  no_units: { title: "No unit to plan for", hint: "Plan shifts for the period, or put a unit back in service." },
  too_large: { title: "The day is too large to plan at once", hint: "Plan a part of it: choose from and to." },
  worker_lost: { title: "The plan was given up", hint: "The process that made it ended three times. Ask again." },
  search_failed: { title: "The plan could not be made", hint: "The search failed on our side. Ask again." },
  no_plan_found: { title: "No plan was found", hint: "Give it more seconds, or plan a part of the day." },
};

/** Minutes for eyes: `0 min`, `1 h 05`. */
export function formatMinutes(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  const [h, m] = [Math.floor(minutes / 60), minutes % 60];
  return h === 0 ? `${m} min` : `${h} h ${String(m).padStart(2, "0")}`;
}

/** A change with its sign: `-12 min`, `+0.4 mi`, `±0`. */
export function formatDelta(before: number, after: number, format: (value: number) => string): string {
  const text = format(Math.abs(after - before));
  if (text === format(0)) return "±0";
  return `${after > before ? "+" : "-"}${text}`;
}

export const formatCost = (cost: number): string => String(Math.round(cost));
export const distanceIn = (unit: DistanceUnit) => (distanceM: number) =>
  distanceM === 0 ? `0 ${unit}` : formatDistance(distanceM, unit);

/** `4 %`, `< 1 %`; unknown is a dash. */
export function formatShare(share: number | null): string {
  if (share === null) return "–";
  if (share > 0 && share < 0.01) return "< 1 %";
  return `${Math.round(share * 100)} %`;
}
