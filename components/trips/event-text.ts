import { plural } from "@/components/lib/format";
import { tripMark } from "@/components/status/status-marks";
import type { TripEventView } from "@/server/domain/trips/board-view";
import { CLOCK_OF } from "@/server/domain/trips/clocks";
import { SUPPORT_ROLES, TRIP_STATUSES } from "@/server/domain/trips/vocabulary";
import { CLOCK_WORDS, EVENT_WORDS, inWords, ROLE_WORDS } from "./trip-words";

type Show = (at: Date) => string;
type Event = Pick<TripEventView, "kind" | "status" | "data" | "callSign">;

const statusWord = (status: unknown): string => {
  const own = TRIP_STATUSES.find((one) => one === status);
  return own ? tripMark(own).word : typeof status === "string" ? inWords(status) : "";
};
const clockWord = (status: unknown): string => {
  const clock = Object.entries(CLOCK_OF).find(([name]) => name === status)?.[1];
  return clock ? CLOCK_WORDS[clock] : statusWord(status);
};
const moment = (value: unknown, show: Show): string => (typeof value === "string" ? show(new Date(value)) : "none");
const joined = (...parts: (string | null | undefined | false)[]): string => parts.filter(Boolean).join(", ");

const MODE_EVENT: Record<string, string> = {
  dispatch: "dispatched",
  reserve: "reserved",
  stack: "queued behind its trip",
  aboard: "takes it along",
};

function corrected(event: Event, show: Show): string {
  const { was, to, event: press } = event.data;
  const how =
    to === null
      ? `${clockWord(press)} taken back (was ${moment(was, show)})`
      : `${clockWord(press)} ${moment(was, show)} is ${moment(to, show)}`;
  return joined(supporting(event), how);
}

function closing({ status, data }: Event): string {
  const { waitedMinutes, callAttempts, outcome } = data;
  return joined(
    typeof outcome === "string" && outcome !== status && inWords(outcome).toLowerCase(),
    typeof waitedMinutes === "number" && `waited ${waitedMinutes} min`,
    typeof callAttempts === "number" && `called ${plural(callAttempts, "time")}`,
  );
}

/** "M12 assist" where the event is of a unit that supports the trip, else nothing. */
function supporting({ callSign, data }: Pick<Event, "callSign" | "data">): string {
  const role = SUPPORT_ROLES.find((one) => one === data.role);
  return role ? `${callSign ?? "Unit"} ${ROLE_WORDS[role]}` : "";
}

const TEXTS: Record<string, (event: Event, show: Show) => string> = {
  status: (event) => joined(supporting(event), statusWord(event.status), closing(event)),
  assigned: ({ callSign, data }) =>
    joined(
      supporting({ callSign, data }) || `${callSign ?? "Unit"} ${MODE_EVENT[String(data.mode)] ?? "assigned"}`,
      data.overridden === true && "against a rule",
    ),
  unassigned: ({ callSign, status, data }) =>
    `${supporting({ callSign, data }) || (callSign ?? "Unit")} ${String(status ?? "taken off").replaceAll("_", " ")}`,
  corrected,
  edited: ({ data }) => `Edited ${Array.isArray(data.fields) ? data.fields.join(", ") : ""}`.trim(),
  promised: ({ data }, show) => `Promise moved (was ${moment(data.wasPromisedPickupAt, show)})`,
  delivery: ({ status, data }) =>
    `Delivery: ${inWords(typeof data.step === "string" ? data.step : (status ?? "")).toLowerCase()}`,
  swapped: ({ callSign, data }) =>
    joined(`${callSign ?? "Unit"} handed over`, data.riderAboard === true && "with the rider aboard"),
  outcome: ({ data }) => `Outcome ${inWords(String(data.outcome)).toLowerCase()}`,
};

/** What happened, in a line. @param show - a time for eyes */
export const eventText = (event: Event, show: Show): string =>
  TEXTS[event.kind]?.(event, show) ??
  (event.kind in EVENT_WORDS ? EVENT_WORDS[event.kind as keyof typeof EVENT_WORDS] : inWords(event.kind));
