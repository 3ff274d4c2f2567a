import { z } from "zod";

/** One line a person typed: trimmed, not empty, no control characters (PostgreSQL refuses NUL with a fault). */
export const line = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^\P{Cc}*$/u, "control characters are not allowed");

/** Several lines a person typed; the only control characters are line breaks and tabs. */
export const prose = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^(\P{Cc}|[\n\r\t])*$/u, "control characters are not allowed");

/** A latitude or longitude in WGS 84 degrees. */
export const Latitude = z.number().min(-90).max(90);
export const Longitude = z.number().min(-180).max(180);
