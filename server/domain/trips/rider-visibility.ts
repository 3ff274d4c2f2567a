/** How much of a rider a caller may see. */
export type RiderVisibility = "full" | "initials" | "none";

/** How long before its start a crew sees its riders, in milliseconds. */
export const CREW_SEES_BEFORE_MS = 2 * 3_600_000;

export type Viewer = {
  roles: readonly string[];
  /** Set for API keys; null for people. */
  scopes: readonly string[] | null;
};
/** A shift whose crew the viewer is in, and that holds or held the trip. */
export type ViewersShift = { startsAt: Date; endsAt: Date; signedOnAt: Date | null; signedOffAt: Date | null };

/**
 * Rider names, phones, addresses and notes: dispatchers and admins see them; crews those of their own trips from 2 h
 * before to the end of the shift; billing and clinical staff see initials until their own work starts; API keys need
 * `riders:read`.
 */
export function riderVisibility(viewer: Viewer, shifts: readonly ViewersShift[], now: Date): RiderVisibility {
  if (viewer.scopes !== null) return viewer.scopes.includes("riders:read") ? "full" : "none";
  if (viewer.roles.some((role) => role === "admin" || role === "dispatcher")) return "full";
  if (viewer.roles.includes("crew") && shifts.some((shift) => crewSees(shift, now))) return "full";
  return viewer.roles.includes("billing") || viewer.roles.includes("clinical") ? "initials" : "none";
}

/** Is it between 2 h before the start of this shift and its end? A signed-on crew's shift ends when it signs off. */
export function crewSees({ startsAt, endsAt, signedOnAt, signedOffAt }: ViewersShift, now: Date): boolean {
  if (signedOffAt !== null || now.getTime() < startsAt.getTime() - CREW_SEES_BEFORE_MS) return false;
  return now <= endsAt || (signedOnAt !== null && now.getTime() - endsAt.getTime() <= OVERRUN_MS);
}

/** A crew that forgot to sign off stops seeing its riders this long after the planned end, in milliseconds. */
const OVERRUN_MS = 4 * 3_600_000;

/** "Jane van Dyke" -> "J. v. D." */
export const initialsOf = (name: string): string =>
  name
    .split(/\s+/u)
    .filter((part) => part !== "")
    .map((part) => `${Array.from(part)[0] ?? ""}.`)
    .join(" ");
