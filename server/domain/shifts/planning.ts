import type { Reason } from "@/server/domain/reason";

/** The longest shift that can be planned. */
export const MAX_SHIFT_MS = 24 * 3_600_000;
/** A planned period: the end is not part of it. */
export type Period = { startsAt: Date; endsAt: Date };

export const overlaps = (a: Period, b: Period): boolean => a.startsAt < b.endsAt && b.startsAt < a.endsAt;

/** Why a period can't be planned; empty means it can. */
export function periodReasons({ startsAt, endsAt }: Period): Reason[] {
  if (endsAt <= startsAt) return [{ path: "endsAt", code: "before_start", message: "the end is not after the start" }];
  if (endsAt.getTime() - startsAt.getTime() > MAX_SHIFT_MS) {
    return [{ path: "endsAt", code: "too_long", message: "longer than 24 hours" }];
  }
  return [];
}

export type PlannedShift = Period & {
  id: string;
  vehicleId: string;
  callSign: string;
  crew: readonly string[];
  signedOffAt: Date | null;
};
export type Overlap = {
  shiftId: string;
  otherShiftId: string;
  /** The truck, or the person, that is on both. */
  kind: "vehicle" | "person";
  subjectId: string;
};

/**
 * Every pair of shifts that have a vehicle or a person in common at the same time. A shift that was signed off holds
 * nobody any more. The database refuses such pairs; this says in a preview which ones they would be.
 */
export function findOverlaps(shifts: readonly PlannedShift[]): Overlap[] {
  const open = shifts.filter((shift) => shift.signedOffAt === null).toSorted((a, b) => +a.startsAt - +b.startsAt);
  return open.flatMap((shift, i) => {
    const after = open.slice(i + 1);
    const end = after.findIndex((other) => other.startsAt >= shift.endsAt);
    return (end < 0 ? after : after.slice(0, end))
      .filter((other) => overlaps(shift, other))
      .flatMap((other) => clashes(shift, other));
  });
}

function clashes(shift: PlannedShift, other: PlannedShift): Overlap[] {
  const pair = { shiftId: shift.id, otherShiftId: other.id };
  const people = shift.crew.filter((userId) => other.crew.includes(userId));
  return [
    ...(shift.vehicleId === other.vehicleId ? [{ ...pair, kind: "vehicle" as const, subjectId: shift.vehicleId }] : []),
    ...people.map((subjectId) => ({ ...pair, kind: "person" as const, subjectId })),
  ];
}
