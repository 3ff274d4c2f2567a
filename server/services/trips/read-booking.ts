import "server-only";
import type { Tx } from "@/db/client";
import type { Ctx } from "@/server/context";
import type { BookTripInput } from "@/server/domain/trips/inputs";
import { type Booking, windowReasons } from "@/server/domain/trips/windows";
import { AppError } from "@/server/errors";
import { readEnd } from "./read-end";

type Asked = Pick<BookTripInput, "timing" | "priority" | "pickup" | "dropoff" | "appointmentAt">;

/**
 * The ends and times of a trip as they are asked for, with facilities looked up: for a booking and for a question about one.
 * @throws AppError rule_broken for a facility that is not the agency's, and for times that can't be booked
 */
export async function readBooking(tx: Tx, ctx: Ctx, input: Asked) {
  const booking = {
    timing: input.timing ?? null,
    priority: input.priority ?? null,
    pickup: await readEnd(tx, ctx, "pickup", input.pickup),
    dropoff: input.dropoff ? await readEnd(tx, ctx, "dropoff", input.dropoff) : null,
    appointmentAt: input.appointmentAt ?? null,
  };
  assertBookable(booking, ctx.now);
  return booking;
}

/** @throws AppError rule_broken for times that can't be booked, with every reason */
export function assertBookable(booking: Booking, now: Date): void {
  const reasons = windowReasons(booking, now);
  if (reasons.length > 0) throw new AppError("rule_broken", "these times can't be booked", reasons);
}
