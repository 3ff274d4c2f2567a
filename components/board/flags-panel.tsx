"use client";

import { toItem } from "@/components/exceptions/live-bell";
import { useExceptionActions } from "@/components/exceptions/use-exception-actions";
import { useReassign } from "@/components/exceptions/use-reassign";
import { useNow } from "@/components/lib/clock";
import { useBoard } from "@/components/lib/use-board";
import { type ExceptionItem, ExceptionLine } from "@/components/shell/exception-line";
import type { BoardTrip } from "@/server/domain/trips/board-view";
import { PanelFrame } from "./panel-frame";

type Props = { trip: BoardTrip; onOpen: () => void; onClose: () => void };

/** What must be looked at about this trip: take it in hand, put it aside with a reason, close it. */
export function FlagsPanel({ trip, onOpen, onClose }: Props) {
  const { data: board } = useBoard();
  const tick = useNow(10_000);
  const actions = useExceptionActions();
  const reassign = useReassign(board);
  if (!board) return null;
  const own = board.exceptions.filter(({ tripId, subjectId }) => tripId === trip.id || subjectId === trip.id);
  const versionOf = (item: ExceptionItem) => own.find(({ id }) => id === item.id)?.version;
  return (
    <PanelFrame title={`To look at on ${trip.number}`} onClose={onClose}>
      {own.length === 0 ? (
        <p className="text-ink-2 text-table">Nothing is open on this trip.</p>
      ) : (
        <ul className="max-w-140">
          {own.map((one) => (
            <ExceptionLine
              key={one.id}
              item={toItem(one, board, tick ?? board.now.getTime())}
              onOpen={onOpen}
              onAcknowledge={(item) => actions.acknowledge(item.id, versionOf(item))}
              onSnooze={(item, reason, minutes) => actions.snooze(item.id, versionOf(item), { reason, minutes })}
              onEndSnooze={(item) => actions.endSnooze(item.id, versionOf(item))}
              onClose={(item) => actions.close(item.id, versionOf(item))}
              onReassign={(item) => reassign(item.id)}
            />
          ))}
        </ul>
      )}
    </PanelFrame>
  );
}
