import type { Coordinate } from "./fix";

/** Limits beyond which a reading is a fault of the sensor, not a measurement: it counts as unknown. */
const MAX_ACCURACY_M = 1_000_000;
const MAX_SPEED_MPS = 1_000;
const MAX_ALTITUDE_M = 100_000;

/** Fields of an object; nothing for anything else, so that a parser never throws. */
export const fieldsOf = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};

export const isObject = (value: unknown): boolean =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isAbsent = (value: unknown) =>
  value === undefined || value === null || (typeof value === "string" && value.trim() === "");

/** A number, or a string that is one from end to end; anything else (also NaN and infinities) is `null`. */
export function readNumber(value: unknown): number | null {
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value !== "string" || !/^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(value)) return null;
  const parsed = Number(value);
  return Number.isFinite(parsed) ? parsed : null;
}

/** A coordinate in degrees, or whether it was absent or no number. */
export function readCoordinate(value: unknown): Coordinate {
  if (isAbsent(value)) return "missing";
  return readNumber(value) ?? "not_a_number";
}

const within = (value: number | null, min: number, max: number) =>
  value !== null && value >= min && value <= max ? value : null;

/** Metres per second or any other unit of speed; below zero is how phones say unknown. */
export const readSpeed = (value: unknown): number | null => within(readNumber(value), 0, MAX_SPEED_MPS);

/** Degrees clockwise from north, 360 being 0; below zero is how phones say unknown. */
export function readHeading(value: unknown): number | null {
  const heading = within(readNumber(value), 0, 360);
  return heading === 360 ? 0 : heading;
}

/** Radius in metres. */
export const readAccuracy = (value: unknown): number | null => within(readNumber(value), 0, MAX_ACCURACY_M);

/** Radius in metres from a client that writes 0 when it does not know. */
export const readAccuracyZeroUnknown = (value: unknown): number | null => readAccuracy(value) || null;

export const readAltitude = (value: unknown): number | null =>
  within(readNumber(value), -MAX_ALTITUDE_M, MAX_ALTITUDE_M);

/** Whole percent from percent. */
export function readPercent(value: unknown): number | null {
  const percent = within(readNumber(value), 0, 100);
  return percent === null ? null : Math.round(percent);
}

/** Whole percent from a level between 0 and 1. */
export function readLevel(value: unknown): number | null {
  const level = within(readNumber(value), 0, 1);
  return level === null ? null : Math.round(level * 100);
}

/** true and false in the ways clients spell them. */
export function readBoolean(value: unknown): boolean | null {
  if (typeof value === "boolean") return value;
  if (value === 1 || value === "1" || value === "true") return true;
  if (value === 0 || value === "0" || value === "false") return false;
  return null;
}
