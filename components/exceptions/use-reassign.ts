import { useTripActions } from "@/components/board/use-trip-actions";
import { refusalText } from "@/components/lib/errors";
import { toastError } from "@/components/ui/toast";
import { nextUnitOf } from "@/server/domain/exceptions/next-unit";
import type { BoardView } from "@/server/domain/trips/board-view";

/** Sends the unit that an exception offers instead of the one that does not answer. A refusal is said and stays until read. */
export function useReassign(board: BoardView | undefined) {
  const { swap } = useTripActions();
  return (exceptionId: string): void => {
    const exception = board?.exceptions.find(({ id }) => id === exceptionId);
    const trip = board?.trips.find(({ id }) => id === exception?.tripId);
    const next = exception && nextUnitOf(exception.detail);
    if (!trip || !next) return;
    swap(trip, next, "not acknowledged").catch((error: unknown) =>
      toastError(`${next.callSign} was not sent`, refusalText(error)),
    );
  };
}
