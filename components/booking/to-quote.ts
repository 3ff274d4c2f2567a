import type { z } from "zod";
import type { QuoteInput } from "@/server/domain/plans/quote";
import type { BookingValues, PickedPlace } from "./drafts";

/** A place without its address: the question needs no more. */
const endOf = ({ lat, lon, facilityId }: PickedPlace) => (facilityId ? { facilityId } : { lat, lon });

/** The draft as a question of times and places; of the rider only which one, for the rules. Null while too little is known. */
export function toQuote(values: BookingValues): z.input<typeof QuoteInput> | null {
  const isFixed = values.when === "fixed";
  if (!values.pickup || !values.dropoff || values.when === "will_call") return null;
  if (isFixed && !values.pickupAt) return null;
  return {
    level: values.level,
    priority: values.priority,
    timing: values.when,
    pickup: { ...endOf(values.pickup), ...(isFixed && values.pickupAt && { at: values.pickupAt }) },
    dropoff: endOf(values.dropoff),
    ...(values.appointmentAt && { appointmentAt: values.appointmentAt }),
    ...(values.rider && { riderId: values.rider.id }),
    ...(values.needs.length > 0 && { needs: values.needs }),
  };
}
