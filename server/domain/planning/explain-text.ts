import { tz } from "@date-fns/tz";
import { format } from "date-fns";
import type { Explanation, NearMiss, Obstacle, PlanningDay, Seconds } from "./types";

/** Shows a moment of a day as the agency's clock does, `HH:mm`. */
export type Clock = (at: Seconds) => string;

/** The clock of a day's agency. */
export const clockOf =
  ({ originAt, timeZone }: Pick<PlanningDay, "originAt" | "timeZone">): Clock =>
  (at) =>
    format(new Date(Date.parse(originAt) + at * 1000), "HH:mm", { in: tz(timeZone) });

const LONG_MIN = 120;
/** `14 min`; from two hours on `13 h 20`. */
function minutes(seconds: number): string {
  const whole = Math.max(1, Math.ceil(seconds / 60));
  if (whole < LONG_MIN) return `${whole} min`;
  return `${Math.floor(whole / 60)} h ${String(whole % 60).padStart(2, "0")}`;
}
const PLACE = { ambulatory: "Seat", wheelchair: "Wheelchair place", stretcher: "Stretcher place" } as const;

/** What one obstacle says, as the end of a sentence about a unit or a trip. */
export function obstacleText(one: Obstacle, clock: Clock): string {
  switch (one.code) {
    case "input":
      return one.detail;
    case "no_units":
      return "no unit is on duty";
    case "will_call_waiting":
      return "will-call: the rider is not ready yet";
    case "unreachable":
      return "no way leads there";
    case "windows_exclude":
      return "its windows, the way and its ride limit exclude each other";
    case "level":
      return `no crew for level ${one.level}`;
    case "crew_refused":
      return "the rider refuses this crew";
    case "blocked":
      return `not allowed: ${one.reason.replaceAll("_", " ")}`;
    case "locked_elsewhere":
      return "locked to another unit";
    case "together":
      return `has to go with trip ${one.refs.join(", ")}`;
    case "apart":
      return `may not ride with trip ${one.ref}`;
    case "never_fits":
      return `${PLACE[one.kind].toLowerCase()}: not enough in any set-up`;
    case "no_place":
      return `${PLACE[one.kind].toLowerCase()}: none free ${clock(one.fromS)}-${clock(one.toS)}`;
    case "not_shared":
      return `nobody else may ride along ${clock(one.fromS)}-${clock(one.toS)}`;
    case "crowded":
      return one.most === 1 ? `trip ${one.ref} rides alone` : `trip ${one.ref} shares with ${one.most - 1} at most`;
    case "own_window":
      return `${one.end === "pickup" ? "pickup" : "drop-off"} ${minutes(one.byS)} after its window`;
    case "own_ride":
      return `breaks its ride limit by ${minutes(one.byS)}`;
    case "other_window":
      return `makes the ${one.end === "pickup" ? "pickup" : "drop-off"} of trip ${one.ref} ${minutes(one.byS)} late`;
    case "other_ride":
      return `breaks the ride limit of trip ${one.ref} by ${minutes(one.byS)}`;
    case "break":
      return `breaks the crew's break by ${minutes(one.byS)}`;
    case "shift_end":
      return `ends ${minutes(one.byS)} after the shift`;
    case "route_limit":
      return `breaks the route limit by ${minutes(one.byS)}`;
    case "not_searched":
      return "would fit; the search ended before it was tried";
  }
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** What a unit could do, and what stops it. */
export function nearMissText({ callSign, detourS, obstacles }: NearMiss, clock: Clock): string {
  const rest = obstacles.map((one) => obstacleText(one, clock)).join(", ");
  return `${callSign} with +${minutes(Math.max(0, detourS))}${rest ? `, ${rest}` : ""}`;
}

/** Why a trip is in no route, in one sentence: "Wheelchair place: none free 09:10-09:50; closest: W3 with +14 min, …". */
export function explanationText({ obstacles, closest }: Explanation, clock: Clock): string {
  const [best] = closest;
  const all = obstacles.map((one) => obstacleText(one, clock)).join("; ");
  const scarce = new Set(obstacles.map((one) => one.code));
  if (!best) return `${capital(all || "no unit can serve it")}.`;
  const own = {
    ...best,
    obstacles: best.obstacles.filter((one) => one.code !== "no_place" || !scarce.has("no_place")),
  };
  const near = `closest: ${nearMissText(own, clock)}`;
  return `${capital(all ? `${all}; ${near}` : near)}.`;
}
