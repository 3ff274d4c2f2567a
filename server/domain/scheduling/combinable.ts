import type { Problem } from "./problem";

/**
 * May routes of different plans be put together into one? Not where routes depend on each other, or a vehicle has to make
 * stops whether or not it serves anybody.
 */
export const isCombinable = ({ together, reserve, given, idleIsFree }: Problem): boolean =>
  together === null &&
  reserve === null &&
  idleIsFree.every((free) => free === 1) &&
  given.every(({ fixed, owed, visits }) => fixed.length + owed.length + visits.length === 0);
