import type { z } from "zod";
import { LEVEL_NAMES } from "@/components/fleet/level-names";
import { LEVELS } from "@/server/domain/trips/vocabulary";

/** One number of the planning settings: where it stands, what it is called, what it does. */
export type NumberField = { path: string; label: string; hint?: string; mayBeEmpty?: boolean };
export type FieldGroup = { title: string; hint: string; fields: readonly NumberField[] };

export const SETTINGS_GROUPS: readonly FieldGroup[] = [
  {
    title: "Search",
    hint: "Longer searches find shorter ways. Plans under way keep the settings they began with.",
    fields: [{ path: "searchSeconds", label: "Seconds to search", hint: "1 to 600" }],
  },
  {
    title: "Promises",
    hint: "Where a trip has no window of its own.",
    fields: [
      {
        path: "pickupEarlyMinutes",
        label: "Pickup early by, minutes",
        hint: "At most this much before the time promised",
      },
      { path: "pickupLateMinutes", label: "Pickup late by, minutes", hint: "Still counts as on time" },
      { path: "weights.maxLateMinutes", label: "Plan late by, minutes", hint: "0 never plans to break a promise" },
      {
        path: "weights.bufferMinutes",
        label: "Keep free in a window, minutes",
        hint: "Before its end, for traffic and slow doors",
      },
    ],
  },
  {
    title: "Rides and shifts",
    hint: "What a plan may ask of riders and crews.",
    fields: [
      { path: "rideFactor", label: "Longest ride, times the straight way", hint: "1 to 10" },
      {
        path: "rideAtLeastMinutes",
        label: "Shorter rides may last, minutes",
        hint: "However short the straight way is",
      },
      { path: "weights.maxOvertimeMinutes", label: "Overtime, minutes at most", hint: "0 plans no overtime" },
      {
        path: "mostAboard",
        label: "Trips aboard at once, at most",
        hint: "Empty: as many as have a place; riders can have limits of their own",
        mayBeEmpty: true,
      },
    ],
  },
  {
    title: "Longest ride by level, minutes",
    hint: "Empty: by the way alone. Never less than the straight way and a fifth.",
    fields: LEVELS.map((level) => ({
      path: `longestRideMinutes.${level}`,
      label: LEVEL_NAMES[level],
      mayBeEmpty: true,
    })),
  },
  {
    title: "What counts",
    hint: "Points, about one dollar each; only their proportions matter.",
    fields: [
      { path: "weights.perKm", label: "Each kilometre driven", hint: "With or without riders" },
      { path: "weights.perDrivingHour", label: "Each hour behind the wheel", hint: "Crew on the road" },
      { path: "weights.perLateMinute", label: "Each minute late", hint: "After the end of a promised window" },
      { path: "weights.perOvertimeMinute", label: "Each minute of overtime", hint: "After the end of a shift" },
      { path: "weights.perUnitUsed", label: "Each unit used", hint: "That would otherwise have nothing to do" },
      {
        path: "weights.perTripMoved",
        label: "Each trip moved to another unit",
        hint: "Higher keeps plans as they are",
      },
      {
        path: "weights.perTripNotPreferred",
        label: "Each trip without its preferred crew",
        hint: "Where a rider prefers one",
      },
      { path: "weights.perBufferMinuteUsed", label: "Each minute of buffer used", hint: "The price of risk" },
      {
        path: "weights.perReserveUnitMissing",
        label: "Each emergency unit missing",
        hint: "Of those to keep free at a base",
      },
    ],
  },
  {
    title: "Minutes at a stop",
    hint: "By the kind of place the rider takes; the slowest rider decides.",
    fields: [
      { path: "serviceMinutes.ambulatory.pickup", label: "Ambulatory, pickup" },
      { path: "serviceMinutes.ambulatory.dropoff", label: "Ambulatory, drop-off" },
      { path: "serviceMinutes.wheelchair.pickup", label: "Wheelchair, pickup" },
      { path: "serviceMinutes.wheelchair.dropoff", label: "Wheelchair, drop-off" },
      { path: "serviceMinutes.stretcher.pickup", label: "Stretcher, pickup" },
      { path: "serviceMinutes.stretcher.dropoff", label: "Stretcher, drop-off" },
    ],
  },
];

type Tree = { [key: string]: unknown };
const isTree = (value: unknown): value is Tree => typeof value === "object" && value !== null && !Array.isArray(value);

/** What stands at a path, as text to edit. */
export function textAt(settings: unknown, path: string): string {
  const value = path.split(".").reduce<unknown>((at, key) => (isTree(at) ? at[key] : undefined), settings);
  return typeof value === "number" ? String(value) : "";
}

/** The settings with a number put at a path, for the check to refuse if it is none. An empty field may mean no limit. */
export function withText(settings: unknown, { path, mayBeEmpty = false }: NumberField, text: string): unknown {
  const empty = text.trim() === "";
  return withValue(settings, path.split("."), empty && mayBeEmpty ? undefined : empty ? Number.NaN : Number(text));
}

function withValue(settings: unknown, [key = "", ...rest]: string[], value: number | undefined): unknown {
  const { [key]: before, ...others } = isTree(settings) ? settings : {};
  if (rest.length > 0) return { ...others, [key]: withValue(before, rest, value) };
  return value === undefined ? others : { ...others, [key]: value };
}

/** What is wrong, by path, in words for beside the field. */
export const faultsOf = ({ issues }: z.ZodError): Record<string, string> =>
  Object.fromEntries(issues.map((issue) => [issue.path.join("."), faultText(issue)]));

function faultText(issue: z.core.$ZodIssue): string {
  if (issue.code === "too_big") return `${issue.maximum} at most`;
  if (issue.code === "too_small") return `${issue.minimum} at least`;
  return issue.code === "invalid_type" && issue.expected === "int" ? "a whole number" : "a number";
}
