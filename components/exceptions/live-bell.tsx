"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useMemo } from "react";
import { nowMs, useNow } from "@/components/lib/clock";
import { refusalText } from "@/components/lib/errors";
import { useTRPC } from "@/components/lib/trpc";
import { useBoard } from "@/components/lib/use-board";
import type { ExceptionItem } from "@/components/shell/exception-line";
import { ExceptionsBell } from "@/components/shell/exceptions-bell";
import { toastError } from "@/components/ui/toast";
import type { BoardException, BoardView } from "@/server/domain/trips/board-view";
import { EXCEPTION_WORDS, gradeOf, stateOf, subjectOf } from "./exception-words";
import { useChimes } from "./use-chimes";

const toItem = (exception: BoardException, board: BoardView, atMs: number): ExceptionItem => ({
  id: exception.id,
  title: EXCEPTION_WORDS[exception.kind],
  subject: subjectOf(exception, board),
  since: exception.worsenedAt ?? exception.openedAt,
  severity: gradeOf(exception.severity),
  state: stateOf(exception, atMs),
  snoozable: exception.kind !== "crew_emergency",
});

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
  const trpc = useTRPC();
  const queries = useQueryClient();
  const tick = useNow(10_000);
  useChimes(board?.exceptions);
  const settled = {
    onSettled: () => queries.invalidateQueries(trpc.board.pathFilter()),
    onError: (error: unknown) => void toastError("The exception was not changed", refusalText(error)),
  };
  const acknowledge = useMutation(trpc.exceptions.acknowledge.mutationOptions(settled));
  const snooze = useMutation(trpc.exceptions.snooze.mutationOptions(settled));
  const items = useMemo(
    () => board?.exceptions.map((one) => toItem(one, board, tick ?? board.now.getTime())) ?? [],
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
      onAcknowledge={(item) => acknowledge.mutate({ id: item.id, version: find(item)?.version })}
      onSnooze={(item, reason, minutes) =>
        snooze.mutate({
          id: item.id,
          version: find(item)?.version,
          reason,
          until: new Date(nowMs() + minutes * 60_000),
        })
      }
    />
  );
}
