"use client";

import { useRouter } from "next/navigation";
import { useMemo } from "react";
import { useNow } from "@/components/lib/clock";
import { useBoard } from "@/components/lib/use-board";
import type { ExceptionItem } from "@/components/shell/exception-line";
import { ExceptionsBell } from "@/components/shell/exceptions-bell";
import { WATCHED_KINDS } from "@/server/domain/exceptions/reconcile";
import type { BoardException, BoardView } from "@/server/domain/trips/board-view";
import { detailOf, EXCEPTION_WORDS, gradeOf, nextOf, stateOf, subjectOf } from "./exception-words";
import { useChimes } from "./use-chimes";
import { useExceptionActions } from "./use-exception-actions";
import { useReassign } from "./use-reassign";

/** An exception as a line of a list. */
export const toItem = (exception: BoardException, board: BoardView, atMs: number): ExceptionItem => ({
  id: exception.id,
  title: EXCEPTION_WORDS[exception.kind],
  subject: subjectOf(exception, board),
  since: exception.worsenedAt ?? exception.openedAt,
  detail: detailOf(exception),
  severity: gradeOf(exception.severity),
  state: stateOf(exception, atMs),
  snoozedUntil: exception.snoozedUntil,
  snoozeReason: exception.snoozeReason,
  snoozable: exception.kind !== "crew_emergency",
  // What follows from states and times closes by itself.
  closable: !WATCHED_KINDS.includes(exception.kind),
  next: nextOf(exception),
});

const GRADES = ["emergency", "alert", "warn"] as const;
const STATES = ["open", "acknowledged", "snoozed"] as const;
/** An emergency first, then what nobody has in hand, the worst of it on top. */
const byUrgency = (a: ExceptionItem, b: ExceptionItem): number =>
  Number(b.severity === "emergency") - Number(a.severity === "emergency") ||
  STATES.indexOf(a.state) - STATES.indexOf(b.state) ||
  GRADES.indexOf(a.severity) - GRADES.indexOf(b.severity) ||
  b.since.getTime() - a.since.getTime();

/** The page where an exception is dealt with. Ids only, as for every address. */
function pageOf(exception: BoardException, { units }: BoardView): string {
  if (exception.tripId) return `/board?trip=${exception.tripId}`;
  const unit = units.find(
    ({ shiftId, vehicleId }) => shiftId === exception.shiftId || vehicleId === exception.subjectId,
  );
  return unit ? `/map?unit=${unit.vehicleId}` : "/board";
}

/** The bell over what is open now. */
export function LiveBell() {
  const { data: board } = useBoard();
  const router = useRouter();
  const tick = useNow(10_000);
  useChimes(board?.exceptions);
  const { acknowledge, snooze, endSnooze, close } = useExceptionActions();
  const reassign = useReassign(board);
  const items = useMemo(
    () => board?.exceptions.map((one) => toItem(one, board, tick ?? board.now.getTime())).toSorted(byUrgency) ?? [],
    [board, tick],
  );
  const find = ({ id }: ExceptionItem) => board?.exceptions.find((one) => one.id === id);
  return (
    <ExceptionsBell
      items={items}
      onOpen={(item) => {
        const exception = find(item);
        if (exception && board) router.push(pageOf(exception, board));
      }}
      onAcknowledge={(item) => acknowledge(item.id, find(item)?.version)}
      onSnooze={(item, reason, minutes) => snooze(item.id, find(item)?.version, { reason, minutes })}
      onEndSnooze={(item) => endSnooze(item.id, find(item)?.version)}
      onClose={(item) => close(item.id, find(item)?.version)}
      onReassign={(item) => reassign(item.id)}
    />
  );
}
