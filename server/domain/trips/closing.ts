import type { Reason } from "@/server/domain/reason";
import type { Clocks } from "./clocks";
import { isClosed, type TripKind, type TripOutcome, type TripStatus } from "./vocabulary";

/** How a cancellation at the door or a no-show is proved. */
export type Evidence = { arrivedAt?: string; waitedMinutes?: number; callAttempts?: number };
export type ClosingState = { kind: TripKind; status: TripStatus; clocks: Clocks };
export type Closing = { outcome: TripOutcome | null; evidence: Evidence | null };

/** Outcomes a crew may give when it leaves the pickup without the rider. */
export const NOT_TRANSPORTED_OUTCOMES = ["refused", "treated_no_transport", "no_patient", "deceased"] as const;

/** The outcomes a person may set for each way a trip can be closed. */
export const OUTCOMES_OF: Record<"completed" | "cancelled" | "no_show" | "not_transported", readonly TripOutcome[]> = {
  completed: [
    "transported",
    "transferred_to_unit",
    "transferred_to_agency",
    "assist_only",
    "standby_done",
    "returned_to_origin",
  ],
  cancelled: ["cancelled_before_dispatch", "cancelled_en_route", "cancelled_at_door", "transferred_to_agency"],
  no_show: ["no_show"],
  not_transported: [...NOT_TRANSPORTED_OUTCOMES, "transferred_to_unit", "transferred_to_agency", "assist_only"],
};

/** Arrival, whole minutes waited until `at`, and how often the rider was called. */
export function evidenceOf(clocks: Clocks, at: Date, callAttempts?: number): Evidence {
  const calls = callAttempts === undefined ? {} : { callAttempts };
  if (clocks.atPickupAt === null) return calls;
  const waitedMinutes = Math.max(0, Math.floor((at.getTime() - clocks.atPickupAt.getTime()) / 60_000));
  return { arrivedAt: clocks.atPickupAt.toISOString(), waitedMinutes, ...calls };
}

/** Why a trip can't be cancelled; empty means it can. After `loaded` the only ways out are a drop-off or a transfer. */
export function cancelReasons(status: TripStatus): Reason[] {
  if (status === "loaded" || status === "at_dropoff") {
    return [
      { path: "status", code: "rider_aboard", message: "the rider is aboard: divert, return or complete instead" },
    ];
  }
  if (isClosed(status)) {
    return [{ path: "status", code: "trip_not_open", message: `the trip is ${status}` }];
  }
  return [];
}

/** The outcome and evidence of a cancellation at `at`. */
export function cancellation({ status, clocks }: ClosingState, at: Date, callAttempts?: number): Closing {
  if (status === "requested" || status === "reserved") return { outcome: "cancelled_before_dispatch", evidence: null };
  if (status === "at_pickup") return { outcome: "cancelled_at_door", evidence: evidenceOf(clocks, at, callAttempts) };
  return { outcome: "cancelled_en_route", evidence: null };
}

/** The outcome of a completed trip unless somebody says otherwise. */
export const completedOutcome = (kind: TripKind, returnedToOrigin = false): TripOutcome => {
  if (kind === "standby") return "standby_done";
  if (kind === "assist") return "assist_only";
  return returnedToOrigin ? "returned_to_origin" : "transported";
};

/** Why this outcome does not fit a trip in this status; empty means it does. */
export function outcomeReasons(status: TripStatus, outcome: TripOutcome): Reason[] {
  const allowed = Object.entries(OUTCOMES_OF).find(([name]) => name === status)?.[1];
  if (!allowed) return [{ path: "outcome", code: "trip_open", message: "an open trip has no outcome" }];
  if (allowed.includes(outcome)) return [];
  return allowed.map((code) => ({ path: "outcome", code, message: `allowed for a trip that is ${status}` }));
}
