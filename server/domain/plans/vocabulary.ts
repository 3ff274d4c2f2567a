/** What a plan is for: a whole day ahead, the rest of a running day, or a question that is never carried out. */
export const PLAN_KINDS = ["day_ahead", "mid_day", "what_if"] as const;
/**
 * The life of a plan. `proposed` waits for a dispatcher; `partly_applied` still has parts to decide; `superseded` lost to
 * another plan made from the same state of the day.
 */
export const PLAN_STATES = [
  "queued",
  "running",
  "proposed",
  "partly_applied",
  "applied",
  "rejected",
  "cancelled",
  "failed",
  "superseded",
] as const;
/** What a plan does with a trip, against what is now. */
export const PLAN_CHANGES = ["added", "moved", "retimed", "removed", "kept", "unserved"] as const;
/** What became of one part of a plan. */
export const PLAN_DECISIONS = ["open", "accepted", "rejected", "stale"] as const;
/** Why a plan could not be made; the codes are part of the API. */
export const PLAN_FAILURES = [
  "nothing_to_plan",
  "no_units",
  "unit_started",
  "too_large",
  "worker_lost",
  "search_failed",
  "no_plan_found",
] as const;

export type PlanKind = (typeof PLAN_KINDS)[number];
export type PlanState = (typeof PLAN_STATES)[number];
export type PlanChange = (typeof PLAN_CHANGES)[number];
export type PlanDecision = (typeof PLAN_DECISIONS)[number];
export type PlanFailure = (typeof PLAN_FAILURES)[number];

/** Is the plan still being made? */
export const isInTheMaking = (state: PlanState): boolean => state === "queued" || state === "running";
/** May parts of the plan still be decided? */
export const isUndecided = (state: PlanState): boolean => state === "proposed" || state === "partly_applied";
