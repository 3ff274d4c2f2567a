import type { BoardAsk } from "@/server/domain/trips/board-changes";
import { MAX_ASKED } from "@/server/domain/trips/board-changes";
import type { BoardView } from "@/server/domain/trips/board-view";

export type BoardSubject = "trips" | "units" | "exceptions";
/** A row of the board that changed, and the version it has at least; null when that is not known. */
export type BoardNewsItem = { subject: BoardSubject; id: string; version: number | null };

/** A row that was read twice and is still older than was said has been superseded by a message that errs. */
const MAX_LOOKS = 2;

type Told = { item: BoardNewsItem; looks: number };

/** What this console was told of and has not seen yet. */
export class BoardNews {
  readonly #told = new Map<string, Told>();

  get isEmpty(): boolean {
    return this.#told.size === 0;
  }

  add(item: BoardNewsItem): void {
    const known = this.#told.get(keyOf(item));
    const version = laterVersion(known?.item.version ?? null, item.version);
    this.#told.set(keyOf(item), { item: { ...item, version }, looks: 0 });
  }

  /** What is open now: hand it to `seen` with the answer that was asked for it. */
  open(): Told[] {
    return [...this.#told.values()];
  }

  /**
   * Strikes out what a board shows that was read after `asked` was told.
   * @returns whether a row is still older than was said
   */
  seen(asked: readonly Told[], board: BoardView): boolean {
    const versions = versionsOf(board);
    let isBehind = false;
    for (const told of asked) {
      const key = keyOf(told.item);
      // Told again meanwhile: it is asked again.
      if (this.#told.get(key) !== told) continue;
      const shown = versions[told.item.subject].get(told.item.id);
      if (shown === undefined || shown >= (told.item.version ?? 0) || ++told.looks >= MAX_LOOKS) this.#told.delete(key);
      else isBehind = true;
    }
    return isBehind;
  }
}

const keyOf = ({ subject, id }: BoardNewsItem) => `${subject} ${id}`;
const laterVersion = (a: number | null, b: number | null) => (a === null || b === null ? (a ?? b) : Math.max(a, b));

const versionsOf = ({ trips, units, exceptions }: BoardView): Record<BoardSubject, ReadonlyMap<string, number>> => ({
  trips: new Map(trips.map(({ id, version }) => [id, version])),
  units: new Map(units.map(({ shiftId, version }) => [shiftId, version])),
  exceptions: new Map(exceptions.map(({ id, version }) => [id, version])),
});

/** What to ask for; null when it is so much that the whole board is asked for. */
export function askOf(told: readonly Told[]): BoardAsk | null {
  const idsOf = (subject: BoardSubject) =>
    told.filter(({ item }) => item.subject === subject).map(({ item }) => item.id);
  const ask = { trips: idsOf("trips"), units: idsOf("units"), exceptions: idsOf("exceptions") };
  return Object.values(ask).some((ids) => ids.length > MAX_ASKED) ? null : ask;
}
