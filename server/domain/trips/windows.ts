import type { Reason } from "@/server/domain/reason";
import type { Priority, Timing } from "./vocabulary";

/** How soon a unit should be at the pickup of an asap trip, in minutes after the call. */
export const RESPONSE_TARGET_MINUTES: Record<Priority, number> = { emergency: 9, urgent: 30, scheduled: 60 };
/** How far in the past a pickup may be booked (taken by phone while it ran), in milliseconds. */
export const MAX_PAST_MS = 24 * 3_600_000;
/** How far ahead a pickup may be booked, in milliseconds. */
export const MAX_FUTURE_MS = 5 * 366 * 24 * 3_600_000;

export type EndTimes = { at: Date | null; earliest: Date | null; latest: Date | null };
export type Booking = {
  timing: Timing | null;
  priority: Priority | null;
  pickup: EndTimes;
  dropoff: EndTimes | null;
  appointmentAt: Date | null;
};
export type Timed = {
  timing: Timing;
  priority: Priority;
  /** When it was wanted: the call for asap trips, else the pickup time agreed. */
  requestedAt: Date;
  promisedPickupAt: Date | null;
  promisedDropoffAt: Date | null;
};

/** What a booking leaves open: no time means as soon as possible, and urgent; a time means scheduled. */
export function timeBooking(booking: Booking, now: Date): Timed {
  const { pickup } = booking;
  const timing = booking.timing ?? (pickup.at ? "fixed" : "asap");
  const priority = booking.priority ?? (pickup.at ? "scheduled" : "urgent");
  const asap = timing === "asap";
  return {
    timing,
    priority,
    requestedAt: asap ? now : (pickup.at ?? now),
    promisedPickupAt: asap ? new Date(now.getTime() + RESPONSE_TARGET_MINUTES[priority] * 60_000) : pickup.at,
    promisedDropoffAt: booking.dropoff?.at ?? booking.appointmentAt,
  };
}

/** Why these times can't be booked; empty means they can. */
export function windowReasons(booking: Booking, now: Date): Reason[] {
  const { pickup, dropoff, appointmentAt, timing } = booking;
  const no = (path: string, code: string, message: string): Reason => ({ path, code, message });
  const reasons: Reason[] = [];
  if (timing === "fixed" && !pickup.at) reasons.push(no("pickup.at", "required", "a fixed trip needs its time"));
  if (pickup.at && now.getTime() - pickup.at.getTime() > MAX_PAST_MS) {
    reasons.push(no("pickup.at", "in_past", "more than a day ago"));
  }
  if (pickup.at && pickup.at.getTime() - now.getTime() > MAX_FUTURE_MS) {
    reasons.push(no("pickup.at", "too_far", "more than five years ahead"));
  }
  if (pickup.at && dropoff?.at && dropoff.at < pickup.at) {
    reasons.push(no("dropoff.at", "before_pickup", "before the pickup"));
  }
  if (pickup.at && appointmentAt && appointmentAt < pickup.at) {
    reasons.push(no("appointmentAt", "before_pickup", "before the pickup"));
  }
  return [...reasons, ...windowOrder("pickup", pickup), ...(dropoff ? windowOrder("dropoff", dropoff) : [])];
}

function windowOrder(end: "pickup" | "dropoff", { at, earliest, latest }: EndTimes): Reason[] {
  const times = { earliest, at, latest };
  const set = (["earliest", "at", "latest"] as const).filter((name) => times[name] !== null);
  return set.flatMap((name, i) => {
    const before = set[i - 1];
    const backwards = before !== undefined && (times[name] ?? 0) < (times[before] ?? 0);
    return backwards ? [{ path: `${end}.${name}`, code: "out_of_order", message: `before ${before}` }] : [];
  });
}
