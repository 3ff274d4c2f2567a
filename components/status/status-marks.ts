import type { UnitState } from "@/server/domain/fleet/vocabulary";
import type { TripStatus } from "@/server/domain/trips/vocabulary";

/** Every status the console shows with a mark, on map, board, list and phone. */
export const MARK_NAMES = [
  "available",
  "reserved",
  "dispatched",
  "en_route",
  "at_pickup",
  "loaded",
  "at_dropoff",
  "on_break",
  "delayed",
  "out_of_service",
  "off_duty",
  "stale",
  "dark",
  "requested",
  "completed",
  "closed",
] as const;
export type MarkName = (typeof MARK_NAMES)[number];
export type MarkShape =
  | "disc"
  | "ring"
  | "disc-dot"
  | "disc-arrow"
  | "square-outline"
  | "square-arrow"
  | "square"
  | "bars"
  | "hourglass"
  | "cross"
  | "dash"
  | "question"
  | "hollow"
  | "diamond"
  | "check"
  | "slash";

/** A pair of colours: for the light theme and for the dark one. */
export type ThemeColour = { light: string; dark: string };
export type Hue = "green" | "amber" | "blue" | "violet" | "teal" | "grey" | "red";

/** `mark` passes 3:1 and `text` 4.5:1 on every surface of its theme (status-marks.test.ts measures it). */
export const HUES: Record<Hue, { mark: ThemeColour; text: ThemeColour }> = {
  green: { mark: { light: "#178a41", dark: "#46c274" }, text: { light: "#157a3a", dark: "#46c274" } },
  amber: { mark: { light: "#b97100", dark: "#eda63c" }, text: { light: "#8f5300", dark: "#eda63c" } },
  blue: { mark: { light: "#1f5fd6", dark: "#72a7ff" }, text: { light: "#1f5fd6", dark: "#72a7ff" } },
  violet: { mark: { light: "#7434d6", dark: "#b596ff" }, text: { light: "#7434d6", dark: "#b596ff" } },
  teal: { mark: { light: "#0b7377", dark: "#3dc2bf" }, text: { light: "#0b7377", dark: "#3dc2bf" } },
  grey: { mark: { light: "#596579", dark: "#93a1b4" }, text: { light: "#596579", dark: "#93a1b4" } },
  red: { mark: { light: "#c21d1d", dark: "#ff7069" }, text: { light: "#c21d1d", dark: "#ff7069" } },
};
/** Surfaces a mark may stand on: panels, rows, land and water of the map. */
export const SURFACES: Record<keyof ThemeColour, readonly string[]> = {
  light: ["#f4f6f8", "#ffffff", "#eef1f5", "#e4edf7", "#f1f1ed"],
  dark: ["#0a0f17", "#0f1621", "#16202e", "#0b111a", "#17293f", "#12181f"],
};
/** What is drawn on a filled mark, and the rim that parts a mark from the map. */
export const ON_MARK: ThemeColour = { light: "#ffffff", dark: "#0a0f17" };

export type Mark = { shape: MarkShape; hue: Hue; word: string };

/** The one table: hue, shape and word of every status. Red is not here: it is for trouble only. */
export const MARKS: Record<MarkName, Mark> = {
  available: { shape: "disc", hue: "green", word: "Available" },
  reserved: { shape: "ring", hue: "green", word: "Reserved" },
  dispatched: { shape: "disc-dot", hue: "amber", word: "Dispatched" },
  en_route: { shape: "disc-arrow", hue: "blue", word: "En route" },
  at_pickup: { shape: "square-outline", hue: "violet", word: "At pickup" },
  loaded: { shape: "square-arrow", hue: "violet", word: "Loaded" },
  at_dropoff: { shape: "square", hue: "teal", word: "At drop-off" },
  on_break: { shape: "bars", hue: "grey", word: "On break" },
  delayed: { shape: "hourglass", hue: "grey", word: "Delayed" },
  out_of_service: { shape: "cross", hue: "grey", word: "Out of service" },
  off_duty: { shape: "dash", hue: "grey", word: "Off duty" },
  stale: { shape: "question", hue: "grey", word: "Position old" },
  dark: { shape: "hollow", hue: "grey", word: "Dark" },
  requested: { shape: "diamond", hue: "grey", word: "Unassigned" },
  completed: { shape: "check", hue: "grey", word: "Completed" },
  closed: { shape: "slash", hue: "grey", word: "Closed" },
};

const UNIT_MARKS: Record<UnitState, MarkName> = {
  available: "available",
  posting: "available",
  posted: "available",
  standby: "available",
  break: "on_break",
  delayed: "delayed",
  out_of_service: "out_of_service",
};
const UNIT_WORDS: Record<UnitState, string> = {
  available: "Available",
  posting: "Posting",
  posted: "Posted",
  standby: "Standby",
  break: "On break",
  delayed: "Delayed",
  out_of_service: "Out of service",
};
const TRIP_MARKS: Record<TripStatus, { mark: MarkName; word?: string }> = {
  requested: { mark: "requested" },
  reserved: { mark: "reserved" },
  dispatched: { mark: "dispatched" },
  acknowledged: { mark: "dispatched", word: "Acknowledged" },
  en_route: { mark: "en_route" },
  at_pickup: { mark: "at_pickup" },
  loaded: { mark: "loaded" },
  at_dropoff: { mark: "at_dropoff" },
  completed: { mark: "completed" },
  cancelled: { mark: "closed", word: "Cancelled" },
  no_show: { mark: "closed", word: "No-show" },
  not_transported: { mark: "closed", word: "Not transported" },
};

export type MarkWithWord = { mark: MarkName; word: string };

/** The mark and word of a trip, or of a unit's trip. */
export function tripMark(status: TripStatus): MarkWithWord {
  const { mark, word } = TRIP_MARKS[status];
  return { mark, word: word ?? MARKS[mark].word };
}

/** The mark and word of a unit: its trip speaks before its state, and off duty before both. */
export function unitMark(unit: { signedOn: boolean; state: UnitState; tripStatus?: TripStatus | null }): MarkWithWord {
  if (unit.tripStatus) return tripMark(unit.tripStatus);
  if (!unit.signedOn) return { mark: "off_duty", word: MARKS.off_duty.word };
  return { mark: UNIT_MARKS[unit.state], word: UNIT_WORDS[unit.state] };
}
