import type { Refusal } from "@/db/constraint-errors";

/** How the database's walls around shifts read to a caller: a lost race looks like a plan that was wrong from the start. */
export const SHIFT_REFUSALS: Record<string, Refusal> = {
  shifts_one_per_vehicle: {
    path: "vehicleId",
    code: "overlap",
    message: "the vehicle is on another shift in this period",
  },
  shift_crew_one_per_person: {
    path: "crew",
    code: "overlap",
    message: "somebody of the crew is on another shift in this period",
  },
  shifts_signed_on: { path: "vehicleId", code: "in_use", message: "another unit is signed on with this vehicle" },
};
