/** Kinds of calls that are timed. */
export const CALLS = ["board", "changes", "status", "fix", "runSheets"] as const;
export type Call = (typeof CALLS)[number];

/** What people saw: milliseconds of each kind of call, and what failed. */
export class Seen {
  readonly ms: Record<Call, number[]> = { board: [], changes: [], status: [], fix: [], runSheets: [] };
  /** From a status change's answer to a console that shows it. */
  readonly shownMs: number[] = [];
  readonly failures = new Map<string, number>();
  readonly #pressed = new Map<string, { version: number; atMs: number }>();
  #isCounting = false;

  /** From now on what happens counts. */
  begin(): void {
    this.#isCounting = true;
  }

  async timed<T>(call: Call, run: () => Promise<T>): Promise<T> {
    const from = performance.now();
    try {
      const answer = await run();
      if (this.#isCounting) this.ms[call].push(performance.now() - from);
      return answer;
    } catch (error) {
      const name = `${call}: ${error instanceof Error ? error.message.slice(0, 120) : typeof error}`;
      this.failures.set(name, (this.failures.get(name) ?? 0) + 1);
      throw error;
    }
  }

  pressed(tripId: string, version: number): void {
    this.#pressed.set(tripId, { version, atMs: performance.now() });
  }

  /** A console shows these trips from now on. */
  shown(trips: readonly { id: string; version: number }[]): void {
    for (const { id, version } of trips) {
      const press = this.#pressed.get(id);
      if (press?.version === version) this.shownMs.push(performance.now() - press.atMs);
    }
  }
}
