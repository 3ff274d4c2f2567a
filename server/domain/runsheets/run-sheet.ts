import type { Level, Priority, TripStatus } from "@/server/domain/trips/vocabulary";

/** One end of a run as a crew needs it on paper. */
export type RunEnd = {
  facility: string | null;
  address: string | null;
  notes: string | null;
  at: Date | null;
};

/** One trip on paper: who, from where, to where, when. Patient data. */
export type RunLine = {
  tripId: string;
  number: string;
  status: TripStatus;
  priority: Priority;
  level: Level;
  needs: string[];
  riderName: string | null;
  riderPhone: string | null;
  notes: string | null;
  pickup: RunEnd;
  dropoff: RunEnd | null;
  appointmentAt: Date | null;
  /** What a sheet is ordered by: the pickup agreed, else the call. */
  requestedAt: Date;
};

/** What one unit does next; without a shift, what no unit has yet. */
export type RunSheet = {
  shiftId: string | null;
  callSign: string | null;
  vehicleNo: string | null;
  crew: string[];
  startsAt: Date | null;
  endsAt: Date | null;
  lines: RunLine[];
};

/** An agency's work as of a moment, to go on with when nothing else is left. */
export type RunSheets = {
  agencyId: string;
  agencyName: string;
  timeZone: string;
  madeAt: Date;
  until: Date;
  sheets: RunSheet[];
};

/** How far ahead a sheet looks, in milliseconds: to the end of a long shift. */
export const RUN_SHEET_AHEAD_MS = 12 * 3_600_000;
/** The same for the copy in a browser, which every console reads again and again. */
export const KEPT_BOARD_AHEAD_MS = 4 * 3_600_000;
/** How often they are made, in seconds. */
export const RUN_SHEET_EVERY_S = 300;
/** How many sets of an agency are kept: the last hour, should the newest one be what broke. */
export const RUN_SHEETS_KEPT = 12;
/** No set is kept for longer, in milliseconds: it names riders. */
export const RUN_SHEET_KEPT_MS = 24 * 3_600_000;
