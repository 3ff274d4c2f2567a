import { z } from "zod";
import type { Places } from "@/server/domain/fleet/vocabulary";
import { type Level, PLACE_OF_LEVEL, type TripKind } from "./vocabulary";

const count = z.number().int().min(0).max(20);
/** How many places of each kind; a bare number means places of the level's kind. */
export const PassengersInput = z.union([
  z.number().int().min(1).max(20),
  z
    .strictObject({ ambulatory: count.optional(), wheelchair: count.optional(), stretcher: count.optional() })
    .refine((p) => (p.ambulatory ?? 0) + (p.wheelchair ?? 0) + (p.stretcher ?? 0) > 0, { message: "nobody rides" }),
]);
export type PassengersInput = z.infer<typeof PassengersInput>;

export const NO_PLACES: Places = { ambulatory: 0, wheelchair: 0, stretcher: 0 };

/** The places a trip takes: one of the level's kind unless the booking says otherwise; none when nobody rides. */
export function passengersOf(kind: TripKind, level: Level, input?: PassengersInput): Places {
  if (kind !== "transport") return NO_PLACES;
  if (typeof input === "object") return { ...NO_PLACES, ...input };
  return { ...NO_PLACES, [PLACE_OF_LEVEL[level]]: input ?? 1 };
}
