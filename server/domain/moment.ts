import { z } from "zod";

/** RFC 3339 with an offset or `Z`; the console sends dates as they are. */
export const MomentInput = z
  .union([z.iso.datetime({ offset: true }).transform((text) => new Date(text)), z.date()])
  .meta({ override: { type: "string", format: "date-time" } });

/** A moment in an answer: a Date for the console, RFC 3339 in UTC as JSON. */
export const Moment = z.date().meta({ override: { type: "string", format: "date-time" } });
