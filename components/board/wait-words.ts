import { formatElapsed } from "@/components/lib/format";
import type { BoardTrip } from "@/server/domain/trips/board-view";

/** What the wait of a trip follows from. */
export type Waiting = Pick<BoardTrip, "timing" | "readyAt" | "requestedAt" | "pickupAt" | "promisedPickupAt">;
export type Wait = { text: string; tone: "none" | "warn" | "alert" };

const minutesIn = (s: number): string => {
  const minutes = Math.ceil(s / 60);
  return minutes < 60
    ? `in ${minutes} min`
    : `in ${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")}`;
};

/**
 * How an unassigned trip stands against its time: `4m 07s` since a call for now or a rider's readiness, `in 25 min` to a
 * time agreed, `12m 30s over` past it. A will-call that is not ready waits for nobody.
 */
export function waitOf(trip: Waiting, nowMs: number): Wait {
  const since = trip.timing === "will_call" ? trip.readyAt : trip.timing === "asap" ? trip.requestedAt : null;
  if (trip.timing === "will_call" && since === null) return { text: "not ready", tone: "none" };
  if (since !== null) {
    const s = (nowMs - since.getTime()) / 1000;
    const [warn, alert] = trip.timing === "asap" ? [60, 180] : [600, 1800];
    return { text: formatElapsed(Math.max(0, s)), tone: s >= alert ? "alert" : s >= warn ? "warn" : "none" };
  }
  const due = trip.promisedPickupAt ?? trip.pickupAt ?? trip.requestedAt;
  const leftS = (due.getTime() - nowMs) / 1000;
  if (leftS <= 0) return { text: `${formatElapsed(-leftS)} over`, tone: "alert" };
  return { text: minutesIn(leftS), tone: leftS <= 600 ? "alert" : leftS <= 1800 ? "warn" : "none" };
}
