import { ROLE_WORDS } from "@/components/trips/trip-words";
import type { Incident } from "@/server/domain/incidents/incident";
import { isClosed, type TripStatus } from "@/server/domain/trips/vocabulary";

/** Is there nothing left to do for its trips? */
export const isOver = ({ trips }: Pick<Incident, "trips">): boolean => trips.every(({ status }) => isClosed(status));

/** A unit that has several of the trips counts once. */
export const unitCount = ({ units }: Pick<Incident, "units">): number =>
  new Set(units.map(({ shiftId }) => shiftId)).size;

/** Who is on a trip of the incident: "M12 +M14 assist"; of all its trips without one. */
export function unitNames({ units }: Pick<Incident, "units">, tripId?: string): string {
  const on = units.filter((unit) => tripId === undefined || unit.tripId === tripId);
  const names = on.map(({ callSign, role }) => (role === "transport" ? callSign : `+${callSign} ${ROLE_WORDS[role]}`));
  return [...new Set(names)].join(" ");
}

/** "2 of 3 open"; "all over" when none is. */
export function openTripWords(trips: readonly { status: TripStatus }[]): string {
  const open = trips.filter(({ status }) => !isClosed(status)).length;
  if (trips.length === 0) return "none";
  return open === 0 ? `${trips.length}, all over` : `${trips.length}, ${open} open`;
}
