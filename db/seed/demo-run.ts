import type { CrewStatus } from "@/server/domain/trips/vocabulary";
import type { Dice } from "./random";

export type Press = { status: CrewStatus; at: Date };

/** A crew's presses in order, and how many minutes each takes after the one before. */
export const RUN: readonly { status: CrewStatus; minutes: readonly [number, number] }[] = [
  { status: "acknowledged", minutes: [1, 1] },
  { status: "en_route", minutes: [1, 3] },
  { status: "at_pickup", minutes: [6, 17] },
  { status: "loaded", minutes: [5, 14] },
  { status: "at_dropoff", minutes: [9, 24] },
  { status: "completed", minutes: [4, 11] },
];

/** The first `count` presses of a trip that was sent at `sentAt`. */
export function pressesUntil(sentAt: Date, count: number, dice: Dice): Press[] {
  let at = sentAt.getTime();
  return RUN.slice(0, count).map(({ status, minutes: [low, high] }) => {
    at += dice.between(low, high) * 60_000;
    return { status, at: new Date(at) };
  });
}
