import { laterPosition, MAX_REPLICA_LAG_MS, READ_AFTER_HEADER, READ_LATEST } from "@/server/domain/wire/read-after";

/** How far the database must have come that this tab reads next: as far as what the tab did and was told of. */
export class ReadAfter {
  #position: string | null = null;
  #latestUntilMs = 0;

  constructor(private readonly clock: () => number) {}

  /** Takes the position out of an answer's header or an event's data, if there is one. */
  note(position: unknown): void {
    if (position === READ_LATEST) this.askLatest();
    else if (typeof position === "string") this.#position = laterPosition(this.#position, position);
  }

  /** After a gap in the events it is not known what was missed: the primary answers until every replica has caught up. */
  askLatest(): void {
    this.#latestUntilMs = this.clock() + MAX_REPLICA_LAG_MS + 1_000;
  }

  /** Headers of the next request. */
  headers(): Record<string, string> {
    if (this.clock() < this.#latestUntilMs) return { [READ_AFTER_HEADER]: READ_LATEST };
    return this.#position === null ? {} : { [READ_AFTER_HEADER]: this.#position };
  }
}

/** This tab's. */
export const readAfter = new ReadAfter(() => Date.now());
