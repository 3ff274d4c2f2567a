import { type AssignmentStatus, isClosed, type TripStatus } from "./vocabulary";

/**
 * The trip's status: closed ones stay as they are, else it is that of its current transport assignment.
 * @param current - the status of the current transport assignment, null when no unit has the trip
 */
export function projectStatus(status: TripStatus, current: AssignmentStatus | null): TripStatus {
  if (isClosed(status) && status !== "completed") return status;
  if (current === null || current === "ended") return status === "completed" ? status : "requested";
  return current;
}
