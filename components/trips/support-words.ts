import type { BoardTrip, BoardUnit } from "@/server/domain/trips/board-view";
import type { SupportOnBoard } from "@/server/domain/trips/support";
import { ROLE_WORDS } from "./trip-words";

/** Who helps, in a narrow column: "+M12 assist +S1 supervisor". */
export const supportWords = (supports: readonly Pick<SupportOnBoard, "callSign" | "role">[]): string =>
  supports.map(({ callSign, role }) => `+${callSign} ${ROLE_WORDS[role]}`).join(" ");

/** A trip as a unit is on it: one that supports it has a status of its own, and is late for nobody. */
export function asUnitHasIt(trip: BoardTrip, shiftId: string): BoardTrip {
  const own = trip.supports.find((one) => one.shiftId === shiftId);
  if (!own || own.status === "ended") return trip;
  return { ...trip, status: own.status, statusSince: own.since, latenessS: null };
}

/** What a unit is on now, each as this unit has it. */
export const tripsOfUnit = (
  { activeTripIds, shiftId }: Pick<BoardUnit, "activeTripIds" | "shiftId">,
  byId: ReadonlyMap<string, BoardTrip>,
): BoardTrip[] =>
  activeTripIds.flatMap((id) => {
    const trip = byId.get(id);
    return trip ? [asUnitHasIt(trip, shiftId)] : [];
  });
