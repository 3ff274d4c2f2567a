import type { WhatIfInput } from "@/server/domain/plans/inputs";
import type { BoardUnit } from "@/server/domain/trips/board-view";

type UnitOf = Pick<BoardUnit, "shiftId" | "callSign">;
/** What the form of a question holds. `moveMinutes` may be negative: earlier. */
export type Question<Unit extends UnitOf = BoardUnit> = {
  isAsked: boolean;
  like: Unit | null;
  widerMinutes: string;
  mover: Unit | null;
  moveMinutes: string;
};
export const NO_QUESTION: Question = { isAsked: false, like: null, widerMinutes: "", mover: null, moveMinutes: "" };

const minutesOf = (text: string) => (text.trim() === "" ? 0 : Number(text));

/** The question as the planner takes it, null when none is asked, or what is wrong with it in words. */
export function whatIfOf(question: Question<UnitOf>): WhatIfAsked {
  if (!question.isAsked) return { whatIf: null };
  const { like, mover } = question;
  const [wider, move] = [minutesOf(question.widerMinutes), minutesOf(question.moveMinutes)];
  if (!(wider >= 0 && wider <= 240)) return { error: "Windows are wider by 1 to 240 minutes" };
  if (!(move >= -720 && move <= 720)) return { error: "A start moves by up to 720 minutes" };
  if ((mover === null) !== (move === 0)) return { error: "A start takes both: which unit, and by how much" };
  if (!like && wider === 0 && !mover) return { error: "Say what should be otherwise" };
  return {
    whatIf: {
      ...(like && { extraUnitsLike: { shiftId: like.shiftId, count: 1 } }),
      ...(wider > 0 && { widenWindowsMin: wider }),
      ...(mover && { moveStart: { shiftId: mover.shiftId, minutes: move } }),
    },
  };
}
export type WhatIfAsked = { whatIf: WhatIfInput | null; error?: undefined } | { whatIf?: undefined; error: string };
