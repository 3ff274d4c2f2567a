import type { BoardException, BoardTrip, BoardUnit, BoardView } from "./board-view";

/** Who was told of more changes than this reads the whole board. */
export const MAX_ASKED = 200;

/** What a console was told of, by id: `units` are shifts. */
export type BoardAsk = { trips: string[]; units: string[]; exceptions: string[] };

/** Rows of the board as they are now, of which something changed. */
export type BoardChanges = Pick<BoardView, "now" | "trips" | "units" | "exceptions"> & {
  /**
   * Everything that the rows speak for: what was asked, and what a change of it may touch. What is named here and is not
   * among the rows does not stand on the board; so does an exception of a trip or unit that is named.
   */
  about: BoardAsk;
};

/** The board with these changes; rows that are not concerned stay the very objects they were. */
export function patchBoard(board: BoardView, { now, about, trips, units, exceptions }: BoardChanges): BoardView {
  const aboutTrips = new Set<string | null>(about.trips);
  const aboutUnits = new Set<string | null>(about.units);
  const aboutExceptions = new Set(about.exceptions);
  return {
    ...board,
    now,
    trips: patchRows(board.trips, trips, {
      isConcerned: ({ id }) => aboutTrips.has(id),
      order: (a, b) => compare(a.requestedAt.getTime(), b.requestedAt.getTime()) || compare(a.id, b.id),
    }),
    units: patchRows(board.units, units, {
      isConcerned: ({ shiftId }) => aboutUnits.has(shiftId),
      order: (a, b) => compare(a.callSign, b.callSign) || compare(a.shiftId, b.shiftId),
    }),
    exceptions: patchRows(board.exceptions, exceptions, {
      isConcerned: ({ id, tripId, shiftId }) =>
        aboutExceptions.has(id) || aboutTrips.has(tripId) || aboutUnits.has(shiftId),
      order: (a, b) => compare(b.openedAt.getTime(), a.openedAt.getTime()) || compare(b.id, a.id),
    }),
  };
}

const compare = <T extends string | number>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0);

type Rows<Row> = { isConcerned: (row: Row) => boolean; order: (a: Row, b: Row) => number };

/** A row whose place in the order has not changed stays where it is; others are put where the order wants them. */
function patchRows<Row extends BoardTrip | BoardUnit | BoardException>(
  held: readonly Row[],
  fresh: readonly Row[],
  { isConcerned, order }: Rows<Row>,
): Row[] {
  const waiting = new Set(fresh);
  const rows = held.flatMap((row) => {
    if (!isConcerned(row)) return [row];
    const successor = fresh.find((one) => order(row, one) === 0);
    return successor && waiting.delete(successor) ? [successor] : [];
  });
  for (const row of waiting) {
    const at = rows.findIndex((one) => order(one, row) > 0);
    rows.splice(at < 0 ? rows.length : at, 0, row);
  }
  return rows;
}
